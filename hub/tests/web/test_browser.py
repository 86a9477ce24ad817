"""The page in a real browser: by keyboard alone, heard by a screen reader, with nothing from elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from .conftest import PASSPHRASE

PICTURES = os.environ.get("WEB_PICTURES")
"""A folder: every page is photographed there, in both sizes and both languages."""
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--window-size=1366,768",
)
SIZES = {"1366x768": (1366, 768), "390x844": (390, 844)}
CONTROLS = {"button", "link", "textbox", "searchbox", "combobox", "radio", "checkbox", "DisclosureTriangle", "image"}
PAGES = {
    "stations": "/tram",
    "station": "/tram/T02",
    "dossiers": "/ho-so?tram=T01",
    "dossier": "/ho-so/seen",
    "correct": "/ho-so/seen/sua?gia-tri=p1/subject.birth_date",
    "question": "/ho-so/seen/cau-hoi/seen-q",
    "figures": "/so-lieu",
    "alarms": "/canh-bao",
    "exchange": "/lien-thong",
    "people": "/nguoi",
    "passphrase": "/mat-khau",
}


class Browser:
    """One Chromium with an empty profile, driven by keys."""

    def __init__(self, driver: webdriver.Chrome, address: str) -> None:
        self.driver, self.address = driver, address

    def open(self, path: str) -> None:
        self.driver.get(f"{self.address}/quan-ly{path}")

    def press(self, *keys: str) -> None:
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def write_over(self, words: str) -> None:
        """Select all of the field that has the focus, as Ctrl+A does, and type in its place."""
        held = webdriver.ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL)
        held.send_keys(words).perform()

    def tab_to(self, words: str, most: int = 120) -> None:
        """Press Tab until the control with these words has the focus, as somebody without a mouse does."""
        for _ in range(most):
            self.press(Keys.TAB)
            if words == self.focused():
                return
        raise AssertionError(f"no control with the words {words!r} was reached")

    def focused(self) -> str:
        """What a screen reader says of the control with the focus; some Chromiums keep a space at the name's rim."""
        return str(self.driver.switch_to.active_element.accessible_name).strip()

    def send(self, *keys: str) -> None:
        """Press Enter (or these keys), and wait until the next page is there."""
        before = self.driver.find_element(By.TAG_NAME, "html").id
        self.press(*(keys or (Keys.ENTER,)))
        WebDriverWait(self.driver, 30).until(
            lambda driver: (
                driver.find_element(By.TAG_NAME, "html").id != before
                and driver.execute_script("return document.readyState") == "complete"
            )
        )

    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "main").text

    def complaints(self) -> list[str]:
        """What the console has to say: errors, and everything that the policy stopped.

        That somebody was already in another field when the page wanted to put them into its first is no complaint.
        """
        said = [entry["message"] for entry in self.driver.get_log("browser")]
        return [message for message in said if "Autofocus processing was blocked" not in message]

    def requested(self) -> set[str]:
        """Every address that the browser asked for since it was asked last."""
        told = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [one for one in told if one["method"] == "Network.requestWillBeSent"]
        return {one["params"]["request"]["url"] for one in sent}

    def heard(self) -> list[tuple[str, str]]:
        """Role and name of each node of the accessibility tree, which is built a while after the page is there."""

        def grown(driver: webdriver.Chrome) -> list[dict[str, Any]]:
            nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
            told = [one for one in nodes if not one["ignored"]]
            return told if len(told) > 1 else []

        told = WebDriverWait(self.driver, 30).until(grown)
        return [(one["role"]["value"], one.get("name", {}).get("value", "")) for one in told]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path="/usr/bin/chromedriver")
    running = webdriver.Chrome(options=options, service=service)
    yield running
    running.quit()


@pytest.fixture
def browser(driver: webdriver.Chrome, province: Any) -> Iterator[Browser]:
    driver.get(f"{province.address}/quan-ly/static/icon.svg")
    driver.delete_all_cookies()
    resize(driver, SIZES["1366x768"])
    browser = Browser(driver, province.address)
    browser.complaints()
    browser.requested()
    yield browser
    assert browser.complaints() == []
    elsewhere = {url for url in browser.requested() if not url.startswith((province.address, "about:", "data:"))}
    assert elsewhere == set()


@pytest.fixture
def lan(browser: Browser) -> Browser:
    sign_in(browser, "lan")
    return browser


def sign_in(browser: Browser, name: str) -> None:
    browser.open("/dang-nhap")
    browser.press(name, Keys.TAB, PASSPHRASE)
    browser.send()


def resize(driver: webdriver.Chrome, size: tuple[int, int]) -> None:
    shape = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)


@pytest.fixture(scope="module")
def story(province: Any) -> None:
    """What stands on every page: dossiers of every kind, an alarm, a system that does not answer."""
    province.tell_stories()


def test_somebody_signs_in_and_out_by_keyboard(browser):
    browser.open("/dang-nhap")
    assert browser.focused() == "Tên đăng nhập"
    browser.press("lan")
    browser.tab_to("Mật khẩu")
    browser.press(PASSPHRASE)
    browser.tab_to("Đăng nhập")
    browser.send()
    assert "Đang giải quyết" in browser.text()
    browser.tab_to("Đăng xuất")
    browser.send()
    assert "Đã đăng xuất" in browser.text()


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(lan):
    lan.open("/tram")
    lan.tab_to("Đến nội dung chính", most=1)
    lan.press(Keys.ENTER)
    assert lan.driver.switch_to.active_element.get_attribute("id") == "main"


def test_every_deed_of_a_supervisor_is_done_by_keyboard_alone(lan, province):
    province.dossier("keys")
    lan.open("/ho-so/keys")
    lan.tab_to("Cấp mã hồ sơ chính thức")
    lan.press(Keys.ENTER)
    lan.tab_to("Mã hồ sơ")
    lan.press("H15.50.05.13-261123-0001")
    lan.tab_to("Cấp mã")
    lan.send()
    assert "Đã cấp mã hồ sơ chính thức." in lan.text()

    lan.tab_to("Ghi tình trạng, kết quả")
    lan.press(Keys.ENTER)
    lan.tab_to("Tình trạng")
    lan.press(Keys.ARROW_DOWN)
    lan.tab_to("Ghi tình trạng")
    lan.send()
    assert "Đã ghi tình trạng mới." in lan.text()
    assert "Đang giải quyết" in lan.text()

    lan.tab_to("Sửa: Ngày sinh (người được đăng ký)")
    lan.send()
    lan.write_over("03/02/1990")
    lan.tab_to("Lý do")
    lan.press("theo thẻ căn cước")
    lan.tab_to("Lưu bản sửa")
    lan.send()
    assert "Đã sửa giá trị." in lan.text()
    assert "03/02/1990" in lan.text()

    lan.tab_to("Trả hồ sơ về trạm")
    lan.press(Keys.ENTER)
    lan.tab_to("Lý do")
    lan.press("thiếu Giấy chứng sinh")
    lan.tab_to("Trả về trạm")
    lan.send()
    assert "Đã trả hồ sơ về trạm." in lan.text()
    assert province.read("SELECT state FROM dossier_case WHERE dossier_id='keys'") == [{"state": "more_wanted"}]


def test_a_question_is_settled_by_keyboard(lan, province):
    province.dossier("question")
    province.ask("question", "question-q")
    lan.open("/ho-so/question")
    lan.tab_to("Xem hai giá trị và chọn")
    lan.send()
    assert "NGUYỄN VĂN MẪU MÁY CHỦ TỈNH" in lan.text()
    lan.tab_to("Máy chủ tỉnh đang có NGUYỄN VĂN MẪU MÁY CHỦ TỈNH lan, 06:00 23/11/2026: theo thẻ căn cước")
    lan.press(Keys.SPACE, Keys.ARROW_DOWN)
    lan.tab_to("Chọn")
    lan.send()
    assert "Đã giải quyết câu hỏi." in lan.text()
    assert "NGUYỄN VĂN MẪU TRẠM" in lan.text()


def test_an_alarm_is_settled_and_a_station_shut_out_and_let_in_by_keyboard(browser, province):
    province.raise_alarm(51, "T03")
    sign_in(browser, "kien")
    browser.open("/canh-bao")
    browser.tab_to("Kết luận: đã hỏi ai, tìm thấy gì")
    browser.press("đã gọi cho xã: khôi phục từ bản sao lưu")
    browser.tab_to("Ghi kết luận")
    browser.send()
    assert "Đã ghi kết luận về cảnh báo." in browser.text()
    browser.open("/tram/T03")
    for button, done in (("Ngắt trạm này", "Đã ngắt trạm."), ("Cho trạm kết nối lại", "Đã cho trạm kết nối lại.")):
        browser.tab_to("Lý do")
        browser.press("máy bị mất, đã tìm lại")
        browser.tab_to(button)
        browser.send()
        assert done in browser.text()


def test_a_refused_form_takes_the_focus_to_what_is_to_be_put_right(lan, province):
    province.dossier("focus")
    lan.open("/ho-so/focus/sua?gia-tri=person/full_name")
    lan.driver.execute_script("document.getElementById('reason').removeAttribute('required')")
    lan.tab_to("Lưu bản sửa")
    lan.send()
    assert lan.driver.switch_to.active_element.get_attribute("id") == "reason"
    alert = lan.driver.find_element(By.CSS_SELECTOR, "[role=alert]").text
    assert "Chưa có lý do" in alert
    assert lan.driver.switch_to.active_element.get_attribute("aria-invalid") == "true"
    (only,) = lan.complaints()  # the browser notes the answer's status, and nothing else
    assert "422" in only


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_control_of_every_page_has_a_name_and_no_page_is_wider_than_its_window(lan, story, language):
    for name, path in PAGES.items():
        lan.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
        heard = lan.heard()
        nameless = [role for role, words in heard if role in CONTROLS and not words.strip()]
        assert nameless == [], name
        roles = [role for role, _ in heard]
        assert {"banner", "navigation", "main", "contentinfo"} <= set(roles), name
        assert lan.driver.execute_script("return document.querySelectorAll('h1').length") == 1, name
        assert lan.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
        assert lan.driver.execute_script("return document.scripts.length") == 0
        unscoped = "return [...document.querySelectorAll('th')].filter(one => !one.scope).length"
        assert lan.driver.execute_script(unscoped) == 0, name
        for size, shape in SIZES.items():  # the narrow one is what 200 % and more make of a small screen
            resize(lan.driver, shape)
            width = lan.driver.execute_script("return document.documentElement.scrollWidth")
            assert width <= shape[0], (name, size)
            photograph(lan, f"{name}-{language}-{size}", shape)
        resize(lan.driver, SIZES["1366x768"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_paper(lan, story, scheme):
    lan.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    for name, path in PAGES.items():
        lan.open(path)
        assert lan.driver.execute_script(CONTRASTS) == [], name
        if scheme == "dark" and name == "dossier":
            photograph(lan, "dossier-dark", SIZES["1366x768"])
    lan.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_sign_in_names_its_fields_and_says_what_was_wrong(browser):
    for size, shape in SIZES.items():
        resize(browser.driver, shape)
        browser.open("/dang-nhap")
        photograph(browser, f"sign-in-vi-{size}", shape)
    browser.press("khong-co", Keys.TAB, "sai")
    browser.open("/dang-nhap")
    names = [words for role, words in browser.heard() if role == "textbox"]
    assert names == ["Tên đăng nhập", "Mật khẩu"]


def photograph(browser: Browser, name: str, size: tuple[int, int]) -> None:
    """The whole page, where somebody wants to look at it."""
    if PICTURES is None:
        return
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    height = browser.driver.execute_script("return document.documentElement.scrollHeight")
    resize(browser.driver, (size[0], max(size[1], min(height, 2600))))
    browser.driver.save_screenshot(str(folder / f"{name}.png"))
    resize(browser.driver, size)


CONTRASTS = """
const luminance = ([r, g, b]) => {
  const [R, G, B] = [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * R + 0.7152 * G + 0.0722 * B;
};
const numbers = text => text.match(/[0-9.]+/g).map(Number);
const paper = node => {
  for (; node; node = node.parentElement) {
    const told = numbers(getComputedStyle(node).backgroundColor);
    if (told.length < 4 || told[3] > 0) return told;
  }
  return [255, 255, 255];
};
return [...document.querySelectorAll('body *')].filter(node => {
  const words = [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
  return words && node.offsetParent !== null && !node.classList.contains('skip');
}).map(node => {
  const [one, other] = [luminance(numbers(getComputedStyle(node).color)), luminance(paper(node))];
  return [(Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), node.textContent.trim().slice(0, 40)];
}).filter(([ratio]) => ratio < 4.5).map(([ratio, text]) => `${ratio.toFixed(2)} ${text}`);
"""
