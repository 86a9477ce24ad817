"""A value as the page's reader has it, for tests of what it is weighed at."""

from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.text.engine import Word

LISTS = {"surname": ("Nguyễn", "Lê"), "ethnicity": ("Kinh", "Tày")}


def found(text, grammar, lexicon="", confidence=0.9):
    words = tuple(Word(word, (at * 100, 0, at * 100 + 80, 40), confidence) for at, word in enumerate(text.split()))
    return Found(FieldRule("key", (), Grammar(grammar), lexicon=lexicon), (words,))


def shaped(text, shapes, confidence=0.95):
    return Found(found("", "date").rule, ((Word(text, (0, 0, 80, 40), confidence, shapes=shapes),),))
