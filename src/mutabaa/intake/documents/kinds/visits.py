"""Reports on country visits (special procedures, the Subcommittee on Prevention of Torture): the recommendations of the last chapters.

Recommendations to others than the State carry their addressee, as the heading or the opening words give it.
"""

import re
from dataclasses import replace

from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.kinds.concluding import item, items_of
from mutabaa.intake.documents.numbered import Numbered, numbered_paragraphs
from mutabaa.intake.documents.phrases import DEMAND
from mutabaa.intake.documents.plain_words import any_of, plain

RECOMMENDATIONS = any_of(
    en=r"recommendations?\b",
    fr=r"recommandations?\b",
    es=r"recomendaciones",
    ru=r"рекомендаци",
    ar=r"توصيات",
    zh=r"建议",
)
CONCLUSIONS = any_of(
    en=r"conclusions?\b",
    fr=r"conclusions?\b",
    es=r"conclusiones",
    ru=r"выводы|заключени",
    ar=r"استنتاج|خاتمه",
    zh=r"结论",
)
_OTHERS = any_of(
    en=r"international community|united nations|country team|donors?|civil society|non-governmental|business enterprises|companies|national human rights (?:institution|commission)|other states|third states|european union|ohchr|high commissioner|financial institutions|media\b",
    fr=r"communaute internationale|nations unies|donateurs|societe civile|organisations non gouvernementales|entreprises|autres etats|union europeenne",
    es=r"comunidad internacional|naciones unidas|donantes|sociedad civil|organizaciones no gubernamentales|empresas|otros estados",
    ru=r"международно\w+ сообществ|организаци\w+ объединенных наций|донор|гражданско\w+ обществ|неправительственн|предприят|других государств",
    ar=r"المجتمع الدولي|الامم المتحده|المانح|المجتمع المدني|المنظمات غير الحكوميه|الشركات|الدول الاخري",
    zh=r"国际社会|联合国|捐助|民间社会|非政府组织|企业|其他国家",
)  # fmt: skip
_TO = re.compile(
    r"^(?:recommendations? )?(?:addressed |directed )?to (?:the )?(?P<who>.+)$|^(?:recommandations? )?(?:adressees? )?(?:a l['’]|au |aux |a la )(?P<fr>.+)$|^(?:recomendaciones )?(?:dirigidas )?(?:a la |al |a los |a las |a )(?P<es>.+)$",
    re.I,
)
_STATE = re.compile(
    r"government|state|authorities|gouvernement|etat|gobierno|estado|правительств|государств|حكوم|الدوله|政府|缔约国"
)
_CHAPEAU = re.compile(r"[:：]\s*\Z")


def read(blocks: list[Block]) -> list[Item]:
    paragraphs = [p for p in numbered_paragraphs(blocks) if p.number]
    chapter = [p for p in paragraphs if any(RECOMMENDATIONS.search(plain(t)) for t in p.heading)]
    out: list[Item] = []
    opened = False
    for paragraph in chapter or paragraphs:
        only = bool(chapter) and not CONCLUSIONS.search(plain(_innermost(paragraph)))
        opened = opened or bool(
            chapter and _CHAPEAU.search(paragraph.parts[-1].text) and DEMAND.search(plain(paragraph.parts[-1].text))
        )
        assumed = "recommendation" if only or opened else ""
        found = items_of(paragraph, "", assumed)
        if only or opened:
            found = [
                replace(i, type="recommendation", confidence=max(i.confidence, 0.8), reasons=())
                if i.type != "request_for_information"
                else i
                for i in found
            ]
            found = together(paragraph, found)
        if not chapter:
            found = [i for i in found if i.type in ("recommendation", "request_for_information")]
        if len(paragraph.parts) == 1 and not paragraph.parts[0].subs and _CHAPEAU.search(paragraph.text):
            continue  # "The Special Rapporteur recommends that:" – the paragraphs behind it are the recommendations
        addressee = addressee_of(paragraph)
        out.extend(
            replace(i, addressee=addressee or i.addressee)
            for i in found
            if i.type not in ("concern", "positive_aspect") or not chapter
        )
    return out


def _innermost(paragraph: Numbered) -> str:
    return next((t for t in reversed(paragraph.heading) if RECOMMENDATIONS.search(plain(t))), "")


def together(paragraph: Numbered, found: list[Item]) -> list[Item]:
    """In a chapter of recommendations a paragraph without points is one, whatever its sentences say."""
    plain_ones = [i for i in found if "(" not in i.paragraph]
    if len(plain_ones) < 2 or len(plain_ones) != len(found):
        return found
    return [
        item(
            paragraph, "recommendation", " ".join(i.text for i in plain_ones), plain_ones[0].first, plain_ones[-1].last
        )
    ]


def addressee_of(paragraph: Numbered) -> str:
    """ "" for the State itself."""
    for title in reversed(paragraph.heading):
        said = plain(title)
        if RECOMMENDATIONS.search(said) and not _OTHERS.search(said):
            break
        if _OTHERS.search(said):
            match = _TO.match(title)
            return next((g for g in match.groups() if g), title).strip(" :") if match else title
    opening = plain(paragraph.text[:160])
    demand = DEMAND.search(opening)
    if not demand:
        return ""
    if _STATE.search(opening[: demand.end()]):
        return ""
    for start, end in (
        (0, demand.start()),
        (demand.end(), demand.end() + 60),
    ):  # "Donors should …", "urges donors to …"
        other = _OTHERS.search(opening, start, end)
        if other and not _STATE.search(opening, start, other.start()):
            printed = paragraph.text[other.start() : other.end()]
            return printed if plain(printed) == other.group() else other.group()
    return ""
