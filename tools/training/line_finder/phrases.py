"""Lines as Vietnamese papers have them: the finder learns their shapes, not their words, so a few are enough."""

from __future__ import annotations

PHRASES = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc", "Giấy chứng nhận đăng ký hộ kinh doanh",
    "Trích lục khai sinh (bản sao)", "Ủy ban nhân dân xã Quảng Lâm, huyện Bảo Lạc, tỉnh Cao Bằng",
    "Họ, chữ đệm, tên người yêu cầu", "Nơi đăng ký khai sinh", "Giấy tờ tùy thân: Thẻ căn cước công dân số",
    "do Cục Cảnh sát quản lý hành chính về trật tự xã hội cấp ngày", "Quan hệ với người được khai sinh",
    "Tôi cam đoan những nội dung đề nghị đăng ký trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật",
    "Đã đăng ký kết hôn tại Ủy ban nhân dân phường Phan Rang, tỉnh Khánh Hòa", "Tình trạng hôn nhân hiện tại",
    "Thôn Xuân Đỗ, xã Trung Thành, thành phố Thái Nguyên", "Khóm 3, phường Mỹ Phước, thành phố Long Xuyên",
    "Nhà nước giao đất có thu tiền sử dụng đất", "Đất ở tại nông thôn, đất trồng cây lâu năm",
    "Người thực hiện ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu", "Kính gửi: Công an xã Nậm Càn",
    "Hôm nay, ngày mười hai tháng chín năm hai nghìn không trăm hai mươi sáu, chúng tôi gồm có",
    "Căn cứ Nghị định của Chính phủ quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch",
    "Bệnh viện đa khoa khu vực Lệ Thủy", "Giấy này có giá trị sử dụng trong thời hạn sáu tháng kể từ ngày cấp",
    "Nguyễn Thị Huyền Trang", "Trần Quốc Bảo", "Lê Hoàng Phương Uyên", "Phạm Đức Ỷ", "Vũ Khắc Tiệp",
    "Đặng Thùy Mỹ Duyên", "Hoàng Văn Tễ", "Y Blŏk Niê", "Lò Thị Ánh Nguyệt", "Bùi Gia Hưng", "Ngô Ứng Đài",
    "Giàng A Páo", "Thạch Sà Rươl", "Số định danh cá nhân", "Ngày, tháng, năm sinh", "Giới tính: Nữ", "Dân tộc: Ê-đê",
    "Quốc tịch: Việt Nam", "Quê quán", "Nơi thường trú", "Nơi cư trú", "Có giá trị đến", "Date of expiry",
    "Full name", "Place of origin / Quê quán", "Personal identification number",
    "Đặc điểm nhận dạng: nốt ruồi cách 1,5 cm dưới sau cánh mũi phải", "TM. Ủy ban nhân dân", "KT. Chủ tịch",
    "Phó Chủ tịch", "Người khai", "Giám đốc", "Kế toán trưởng", "Thủ quỹ",
    "Ghi chú: Giấy chứng nhận này cấp đổi từ Giấy chứng nhận số phát hành", "Thời hạn sử dụng: Lâu dài",
    "Diện tích: 150,8 m²", "Tên ngành, nghề kinh doanh", "Buôn bán vật liệu xây dựng",
    "Cắt tóc, làm đầu, gội đầu (Chính)", "STT", "Mã ngành", "Mối quan hệ với chủ hộ",
    "Vốn kinh doanh: 150.000.000 đồng", "Bằng chữ: một trăm năm mươi triệu đồng chẵn", "Hạng: B2", "Nhãn hiệu: HONDA",
    "Số máy", "Số khung", "Màu sơn: Đen", "Biển số đăng ký", "Thời điểm đủ 05 năm liên tục",
    "Nơi đăng ký khám, chữa bệnh ban đầu: Trạm y tế xã Mường Lạn", "Đề nghị cấp bản sao: Có", "Số lượng: 2 bản",
    "Không", "Ủy quyền cho ông (bà) có tên dưới đây thay mặt tôi làm thủ tục xác nhận tình trạng hôn nhân",
    "Đất ở: Lâu dài",
)  # fmt: skip
