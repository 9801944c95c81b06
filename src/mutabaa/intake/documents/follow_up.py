"""What a committee selects for follow-up, until when, and when the next report is due: read from the text of its closing paragraphs."""

import datetime as dt
import re
from dataclasses import dataclass

from mutabaa.intake.documents.dates import dates_in, later, month_in, months_of_span
from mutabaa.intake.documents.numbered import Numbered
from mutabaa.intake.documents.numbers import canonical, latin_digits, place
from mutabaa.intake.documents.phrases import DEMAND, LONGEST, NEXT_REPORT
from mutabaa.intake.documents.plain_words import any_of, plain
from mutabaa.intake.documents.sentences import sentences

_PARAGRAPHS = any_of(
    en=r"\bparagraphs?\b|\bparas?\.", fr=r"\bparagraphes?\b|\bpar\.", es=r"\bparrafos?\b|\bparrs?\.", ru=r"\bпункт(?:е|ах|ы|у|ов|а|ам)\b|\bпп?\.",
    ar=r"(?:ال|و|ب|ل)*فقر(?:ه|ات|تين|تان)\b", zh=r"第(?=\s?\d)|段",
)  # fmt: skip
_INFORMATION = any_of(
    en=r"information|inform the committee|report\b|written", fr=r"renseignements|information|rendre compte|faire savoir", es=r"informacion|informe\b|por escrito",
    ru=r"информаци|сведения|сообщить|письменн", ar=r"معلومات|تقدم.{0,10}تقرير|خطيه|ابلاغ", zh=r"资料|信息|情况|报告|通报",
)  # fmt: skip
_HERE = any_of(
    en=r"\babove\b|present concluding|recommendations? (?:contained|set out|in)|steps taken|measures taken|implement", fr=r"ci-dessus|presentes observations|figurant|mesures|mise en oeuvre|donner suite|suite donnee|appliqu",
    es=r"supra|presentes observaciones|que figuran|contenid|medidas|aplica|cumplimiento|anteriores|precedentes", ru=r"выше|настоящих заключительных|содержащ|приведенн|изложенн|осуществлени|выполнени|мер",
    ar=r"اعلاه|الوارده|المنفذه|تنفيذ|التدابير|هذه الملاحظات", zh=r"上文|以上|所载|落实|执行|本结论|建议|措施",
)  # fmt: skip
_LETTER = r"(?:[(（]\s?(?:[a-z]{1,3}|[أ-ي]ه?|[а-я])|(?<![\w(])[a-zа-я]{1,2})\s?[)）]"
_REFERENCE = re.compile(
    rf"(?P<n>\d{{1,3}})\s?段?(?P<letters>(?:\s*(?:,|and|et|y|и|و|、|和|及|-|–|to|a|à|al)?\s*{_LETTER})*)"
)
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|to|à|a|al|по|至|到|الي)\s*(\d{1,3})(?![\w%])")
MOST = 25


@dataclass(frozen=True)
class FollowUp:
    """`paragraphs`: "9", "17 (b)". `due` where the text tells, by a date or a span from the document's date."""

    paragraphs: frozenset[str]
    due: dt.date | None
    where: str


def follow_up(paragraphs: list[Numbered], date: dt.date | None) -> FollowUp | None:
    """From the last paragraph that asks for information on numbered paragraphs within a time."""
    for paragraph in reversed(paragraphs):
        for sentence in reversed(sentences(paragraph.text)):
            said = plain(sentence[:LONGEST])
            if not (_PARAGRAPHS.search(said) and DEMAND.search(said) and _INFORMATION.search(said)):
                continue
            months, dates = months_of_span(sentence), dates_in(sentence)
            if not months and not dates and not _HERE.search(said):
                continue
            if not months and not dates and not _selects(said):
                continue
            named = references(sentence) - {paragraph.number}
            if named and len(named) <= MOST:
                due = dates[-1] if dates else (later(date, months) if date and months else None)
                return FollowUp(frozenset(named), due, paragraph.number)
    return None


_SELECTS = re.compile(
    r"follow-?up|suivi|seguimiento|последующ|متابعه|后续|one year|two years|un an|deux ans|un ano|dos anos"
)


def _selects(said: str) -> bool:
    return bool(_SELECTS.search(said))


def references(sentence: str) -> set[str]:
    """ "paragraphs 9, 17 (b) and 25 above" → {"9", "17 (b)", "25"}: numbers behind the word for paragraphs, until it is about something else."""
    said = plain(latin_digits(sentence[:LONGEST]))
    out: set[str] = set()
    for word in _PARAGRAPHS.finditer(said):
        tail = said[word.end() :]
        if _OF_ANOTHER.match(tail):
            continue
        if word.group() == "段" or _OF_A_LAW.search(said[max(0, word.start() - 60) : word.start()]):
            continue
        stop = re.search(
            r"[;；؛]|\b(?:of|de|du|des|del|la|le|the)\s+(?:its|the|general|resolution|report|previous|son|ses|sus|su|l'observation|la observacion|annex|common)\b|\((?:[a-z]+ )*(?:ccpr|cedaw|crc|cat|cerd|e/c|a/)|\bwithin\b|\bresolution|замечани\w+ общего|من (?:تقرير|القرار)|号一般",
            tail,
        )  # fmt: skip
        tail = tail[: stop.start()] if stop else tail
        tail = tail[: _reach(tail)]
        for first, last in _RANGE.findall(tail):
            if 0 < int(last) - int(first) < MOST:
                out.update(str(n) for n in range(int(first), int(last) + 1))
        for match in _REFERENCE.finditer(tail):
            letters = re.findall(_LETTER, match["letters"])
            if not letters:
                out.add(match["n"])
                continue
            codes = [canonical("(" + letter.strip("()（） ") + ")") for letter in letters]
            if len(codes) == 2 and re.search(
                rf"{_LETTER}\s*(?:-|–|to|a|à|al|по|至|到|الي)\s*{_LETTER}", match["letters"]
            ):
                codes = [f"({chr(c)})" for c in range(96 + place(codes[0]), 97 + place(codes[1]))]
            out.update(f"{match['n']} {code}" for code in codes)
    return out


_OF_A_LAW = re.compile(
    r"(?:articles?|rules?|arts?\.?|articulos?|reglas?|regles?|стать\w+|правил\w+|ст\.|الماد(?:ه|تين)|المواد|第\s?\d+\s?条)[\s\d,()a-z]{0,12}(?:,|من)?\s*(?:ال)?\Z"
)
# "paragraphe 1 de l'article 75", «пунктом 1 правила 75», 第75条
_OF_ANOTHER = re.compile(
    r"\s*\d{1,3}(?:\s?[(（]?[a-z]{1,3}[)）])?\s*(?:de l'article|du reglement|of (?:the )?(?:rule|article|resolution)s?|del articulo|de la (?:resolucion|regla)|(?:стать|правил|резолюц)\w+|من (?:الماده|القرار)|条|款|号|次|届)"
)
_LIST = re.compile(
    r"[\s,،、和及与()（）\[\]]|\d{1,3}|[–\-]|\b(?:and|et|y|e|to|a|al|à|и|по|也|or|ou|o|subparagraphs?|paragraphs?|alineas?|apartados?|incisos?)\b|و|ال?فقره|ال?فرعيه|الي|至|到|第|段|以及|подпункт\w*|пункт\w*|[a-z]\b|[أ-ي]\b"
)
_TOPIC = re.compile(r"[(（](?![a-zأ-يа-я]{1,3}[)）])[^()（）]{3,160}[)）]")


def _reach(tail: str) -> int:
    """How far the list of numbers goes: names of topics in brackets between numbers are stepped over."""
    at = 0
    while at < len(tail):
        topic = _TOPIC.match(tail, at)
        match = topic or _LIST.match(tail, at)
        if not match or match.end() == at:
            break
        at = match.end()
    return at


_SUBMIT = any_of(
    en=r"submit|\bdue\b|\bby \d|present", fr=r"soumettre|presenter|le \d|attendu|remettre|date|d'ici", es=r"present|plazo|fecha|a mas tardar|debera", ru=r"представить|представлен|срок|не позднее",
    ar=r"تقدم|يقدم|تقديم|موعد|بحلول", zh=r"提交|应于|之前|以前|到期",
)  # fmt: skip


def next_report_due(paragraphs: list[Numbered]) -> dt.date | None:
    """The latest date in the last sentence that asks for the next report by one."""
    for paragraph in reversed(paragraphs[-14:]):
        for sentence in reversed(sentences(paragraph.text)):
            said = plain(sentence[:LONGEST])
            if NEXT_REPORT.search(said) and _SUBMIT.search(said):
                found = dates_in(sentence)
                month = month_in(sentence) if not found else None
                if found or month:
                    return max(found) if found else month
    return None
