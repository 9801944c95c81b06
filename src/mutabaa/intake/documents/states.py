"""States by their names in six languages: whole names in brackets, and names within a text."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from mutabaa.intake.cleaning import split_states
from mutabaa.intake.state_names import key_of

# Names that documents use and the United Nations' list does not: old ones, short ones, renamed States.
FURTHER = {
    "BOL": "Bolivia (Plurinational State)|Plurinational State Bolivia|Estado Plurinacional de Bolivia",
    "BRN": "Brunei|بروني",
    "CPV": "Cape Verde|Cap-Vert|Кабо-Верде|Острова Зеленого Мыса|佛得角",
    "CIV": "Ivory Coast|Cote d'Ivoire|Côte d´Ivoire|Кот-д'Ивуар|科特迪瓦|كوت ديفوار",
    "COD": "DRC|DR Congo|Congo (Democratic Republic of the)|R.D. Congo|République démocratique du Congo",
    "CZE": "Czech Republic|Czechia|Tchéquie|République tchèque|República Checa|Чешская Республика|捷克共和国|捷克|الجمهورية التشيكية|تشيكيا",
    "FSM": "Micronesia|Federated States of Micronesia",
    "GBR": "United Kingdom|UK|Great Britain|United Kingdom of Great Britain and Northern Ireland|Reino Unido|Royaume-Uni|Соединенное Королевство|联合王国|英国|大不列颠及北爱尔兰联合王国|المملكة المتحدة",
    "IRN": "Iran|Islamic Republic of Iran|Irán|Иран|伊朗|إيران",
    "KOR": "South Korea|Republic of Korea|Corea del Sur|République de Corée|大韩民国|韩国",
    "PRK": "North Korea|DPRK|Democratic People's Republic of Korea|朝鲜",
    "LAO": "Laos|Lao PDR|Lao People's Democratic Republic|老挝",
    "LBY": "Libya|Libyan Arab Jamahiriya|Jamahiriya Arabe Libia|Jamahiriya arabe libyenne|Ливийская Арабская Джамахирия|阿拉伯利比亚民众国|الجماهيرية العربية الليبية",
    "MDA": "Moldova|Moldavia|Молдова|摩尔多瓦|مولدوفا",
    "MKD": "The former Yugoslav Republic of Macedonia|FYROM|Macedonia|ex-République yougoslave de Macédoine|ex República Yugoslava de Macedonia|бывшая югославская Республика Македония|前南斯拉夫的马其顿共和国|جمهورية مقدونيا اليوغوسلافية سابقا",
    "MMR": "Burma|Birmania|Birmanie",
    "NLD": "Netherlands|The Netherlands|Kingdom of the Netherlands|Holland|Países Bajos|Pays-Bas|Нидерланды|荷兰|荷兰王国|هولندا|مملكة هولندا",
    "PSE": "Palestine|State of Palestine|Palestina|Палестина|巴勒斯坦|巴勒斯坦国|فلسطين",
    "RUS": "Russia|Rusia|Russie|Россия|俄罗斯|روسيا",
    "SWZ": "Swaziland|Swazilandia|Свазиленд|斯威士兰|سوازيلند",
    "SYR": "Syria|Siria|Syrie|Сирия|叙利亚|سوريا|سورية",
    "TLS": "East Timor|Timor Leste",
    "TUR": "Turkey|Turquía|Turquie|Турция|土耳其|تركيا|Türkiye|Turkiye|Türkiye (Republic of)",
    "TZA": "Tanzania|Tanzanie|Танзания|坦桑尼亚|تنزانيا",
    "USA": "United States|USA|US|U.S.A.|United States of America|Estados Unidos|EE.UU.|États-Unis|США|Соединенные Штаты|美国|美利坚合众国|الولايات المتحدة",
    "VAT": "Holy See|Vatican|Saint-Siège|Santa Sede|Святой Престол|Ватикан|教廷|梵蒂冈|الكرسي الرسولي",
    "VEN": "Venezuela|Bolivarian Republic of Venezuela|Венесуэла|委内瑞拉|فنزويلا",
    "VNM": "Vietnam|Viet Nam|Вьетнам|越南|فيتنام|فييت نام",
    "ARE": "UAE|United Arab Emirates|EAU|Emiratos Árabes|ОАЭ|阿联酋",
    "BIH": "Bosnia|Bosnia and Herzegovina|Bosnia & Herzegovina|波黑",
    "CAF": "Central African Republic|CAR",
    "NZL": "New Zealand|Aotearoa New Zealand",
    "GMB": "Gambia|The Gambia|Gambia (The)|Republic of The Gambia",
    "BHS": "Bahamas|The Bahamas",
    "SCG": "Serbia and Montenegro",
}  # fmt: skip
_ARTICLE = re.compile(r"(?:the|la|le|les|el|los|las|al|l) ")
_MARK = re.compile(r"(?<=[^\W\d])\s?\d{1,2}\Z")  # the mark of a note that the reader could not tell: `France 4`
_BRACKETS = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]*[)）])*)[)）]")
_BETWEEN = re.compile(
    r"\s*[;,،؛、，；]\s*(?:and\s+|et\s+|y\s+|и\s+)?|\s+(?:and|et|y|e|и|及|和)\s+|\s*/\s*|\s+و(?=\S)|[和及]"
)


@cache
def reference() -> list[dict[str, Any]]:
    source = files("mutabaa.taxonomy").joinpath("reference/states.json").read_text("utf-8")
    return json.loads(source)["states"]  # type: ignore[no-any-return]


@cache
def names() -> dict[str, str]:
    """Every name as `key_of` makes it, with its code."""
    out: dict[str, str] = {}
    for state in reference():
        given = [*state["name"].values(), *state["formal"].values(), *state.get("aliases", [])]
        for name in given:
            for form in (name, re.sub(r"\s*\(.*\)", "", name) if name.count("(") == 1 and "Congo" not in name and "Коре" not in name and "朝鲜" not in name else name):  # fmt: skip
                out.setdefault(key_of(form), state["code"])
                out.setdefault(_ARTICLE.sub("", key_of(form), count=1), state["code"])
    for code, listed in FURTHER.items():
        for name in listed.split("|"):
            out[key_of(name)] = code
    out.pop("", None)
    return out


@cache
def code_of(label: str) -> str | None:
    """The code of a State by any of its names; slips of a letter or two in a long name are forgiven."""
    key = key_of(_MARK.sub("", label.strip(" .,;:*\"'“”")))
    known = names()
    found = known.get(key) or known.get(_ARTICLE.sub("", key, count=1)) or known.get(key.removeprefix("و"))
    if found or len(key) < 6 or len(key) > 80:
        return found
    from rapidfuzz import fuzz, process

    best = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=90)
    if best is None or abs(len(best[0]) - len(key)) > 3:
        return None
    near = {
        known[name]
        for name, score, _ in process.extract(key, known.keys(), scorer=fuzz.ratio, score_cutoff=best[1] - 3)
    }
    return known[best[0]] if len(near) == 1 else None


def codes_in_brackets(inside: str) -> list[str]:
    """The States that brackets hold, if they hold nothing else: `Chile, Peru and Spain`; else none."""
    whole = code_of(inside)
    if whole:
        return [whole]
    parts = _joined_names([part for part in _BETWEEN.split(inside) if part.strip()])
    codes = [code_of(part) for part in parts]
    known = [code for code in codes if code]
    if not known or len(known) < len(codes) - (1 if len(codes) > 3 else 0):
        return []
    return known


def _joined_names(parts: list[str]) -> list[str]:
    """`Bosnia`, `Herzegovina` back together: names that hold the word between two names themselves."""
    out: list[str] = []
    for part in parts:
        if out:
            for glue in (" and ", " et ", " y ", " и ", ", "):
                if code_of(out[-1] + glue + part) and not (code_of(out[-1]) and code_of(part)):
                    out[-1] = out[-1] + glue + part
                    break
            else:
                out.append(part)
            continue
        out.append(part)
    return out


def recommending(text: str) -> tuple[str, tuple[str, ...]]:
    """A UPR text without the brackets that end it, and all States named in brackets in it, in order."""
    found: list[str] = []
    for match in _BRACKETS.finditer(text):
        found.extend(codes_in_brackets(match.group(1)))
    stripped, last = split_states(text, lambda label: next(iter(codes_in_brackets(label)), None))
    return stripped, tuple(dict.fromkeys([*found, *last]))


@cache
def _russian() -> tuple[re.Pattern[str], list[str]]:
    """Russian names in any case: the ends of their words may differ. And the codes of the groups."""
    patterns, codes = [], []
    for state in sorted(reference(), key=lambda s: -len(s["name"]["ru"])):
        for name in (state["formal"]["ru"], re.sub(r"\s*\(.*\)", "", state["name"]["ru"])):
            stems = [declined(word) for word in name.split()]
            if len(name) > 3:
                patterns.append("(" + r"\s".join(stems) + ")")
                codes.append(state["code"])
    return re.compile(r"(?<![а-яё])(?:" + "|".join(patterns) + r")(?![а-яё])", re.I), codes


def declined(word: str) -> str:
    """A pattern of a Russian word in any case."""
    for ends, taken, pattern in (
        ("ая ое ий ый ая яя ие ые", 2, "[а-яё]{2,3}"),
        ("а я ы и", 1, "[а-яё]{0,3}"),
        ("ь й", 1, "[а-яё]{1,3}"),
    ):
        if len(word) > taken + 2 and word.endswith(tuple(ends.split())):
            return re.escape(word[:-taken]) + pattern
    if word[-1:] in "оуеэюё" or len(word) < 3:
        return re.escape(word)
    return re.escape(word) + "[а-яё]{0,3}"


@cache
def _finder() -> re.Pattern[str]:
    """Names of at least four letters, the longest first."""
    labels = set()
    for state in reference():
        for name in [*state["name"].values(), *state["formal"].values()]:
            labels.add(re.sub(r"^(?:the|la|le|les|el|los|las|l['’])\s*", "", name, flags=re.I))
            labels.add(re.sub(r"\s*\(.*\)", "", name))
    for listed in FURTHER.values():
        labels.update(listed.split("|"))
    labels |= {"لل" + label[2:] for label in labels if label.startswith("ال")}  # "of Morocco" is one word
    usable = [x for x in labels if len(x) >= 4 or not x.isascii()]
    named = "|".join(re.escape(x) for x in sorted(usable, key=len, reverse=True))
    # A name begins with a capital, or is in a script without: all other places are passed over at once.
    return re.compile(rf"(?-i:(?<![A-Za-zÀ-ÿ])(?=[A-ZÀ-ÝА-ЯЁ\u0600-\u06ff\u4e00-\u9fff]))(?:{named})", re.I)


def first_named(text: str) -> str:
    """The code of the first State named in a text, "" where none is."""
    for match in _finder().finditer(text.replace("’", "'")):
        start, end = match.span()
        around = text[max(0, start - 1) : start] + "|" + text[end : end + 1]
        before, after = around.split("|", 1)[0], around.rsplit("|", 1)[-1]
        latin = match.group()[:1].isascii() or "\u0400" <= match.group()[0] <= "\u04ff"
        if latin and (before.isalnum() or after.isalnum()):
            continue
        found = match.group()
        if code := code_of("ال" + found[2:] if found.startswith("لل") else found):
            return code
    if re.search("[а-яё]", text):
        pattern, codes = _russian()
        if found_ru := pattern.search(text):
            return next(code for code, group in zip(codes, found_ru.groups(), strict=True) if group)
    return ""
