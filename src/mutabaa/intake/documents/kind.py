"""What kind of document it is: by its symbol, else by the words of its title page, else by how it is built."""

import re

from mutabaa.intake.documents.bodies import body_named, family_of
from mutabaa.intake.documents.items import Block
from mutabaa.intake.documents.plain_words import any_of, plain
from mutabaa.intake.documents.symbols import Symbol

_CONCLUDING = any_of(
    en=r"concluding (?:observations|comments)|^conclusions and recommendations of the committee",
    fr=r"(?:observations|conclusions) finales|conclusions et recommandations du comite",
    es=r"observaciones finales|conclusiones y recomendaciones del comite",
    ru=r"заключительные (?:замечания|комментарии|соображения)",
    ar=r"(?:ال)?ملاحظات (?:ال)?ختاميه|(?:ال)?تعليقات (?:ال)?ختاميه",
    zh=r"结论性意见|结论意见|最后意见|结论性评论",
)
_PRIOR = any_of(
    en=r"prior to (?:the )?(?:submission|reporting)|list of issues prior",
    fr=r"avant la soumission|prealable\w* a (?:la soumission|l'etablissement)|etablie avant",
    es=r"previa a la presentacion|previa al|antes de la presentacion",
    ru=r"до представления|подготовленн\w+ до",
    ar=r"قبل تقديم|السابقه لتقديم|المحاله قبل",
    zh=r"提交报告前|报告前|提交.{0,12}之前",
)
_ISSUES = any_of(
    en=r"list of (?:issues|themes)",
    fr=r"liste (?:de|des) (?:points|themes|questions)",
    es=r"lista de (?:cuestiones|temas)",
    ru=r"перечень (?:вопросов|тем)",
    ar=r"قائمه (?:ال)?(?:مسائل|قضايا|مواضيع)",
    zh=r"问题清单|问题单|议题清单|主题清单",
)
_REPLIES = any_of(
    en=r"\brepl(?:y|ies)\b|\bresponses? (?:of|to|by)|information received from|comments (?:by|of|received)",
    fr=r"\breponses?\b|renseignements recus|commentaires",
    es=r"\brespuestas?\b|informacion recibida|comentarios",
    ru=r"\bответы?\b|информация, полученная|комментарии",
    ar=r"(?:^|\s)(?:ال)?ردود|معلومات (?:وارده|مقدمه)|تعليقات",
    zh=r"答复|评论|收到的资料",
)
_UPR_REPORT = any_of(
    en=r"report of the working group on the universal periodic review",
    fr=r"rapport du groupe de travail sur l'examen periodique",
    es=r"informe del grupo de trabajo sobre el examen periodico",
    ru=r"доклад рабочей группы по универсальн",
    ar=r"تقرير الفريق العامل المعني بالاستعراض",
    zh=r"普遍定期审议工作组(?:的)?报告",
)
_VIEWS = any_of(
    en=r"views on (?:the )?conclusions|\baddendum\b",
    fr=r"observations sur les conclusions|\badditif\b",
    es=r"opiniones sobre las conclusiones|\badicion\b",
    ru=r"мнения в отношении выводов|добавление",
    ar=r"اراء (?:بشان|مقدمه|بخصوص|حول)|(?:^|\s)اضافه",
    zh=r"对结论|增编",
)
_VISIT = any_of(
    en=r"\b(?:visit|mission) to\b|(?:his|her|its|their|official|country) (?:visit|mission)\b",
    fr=r"\b(?:visite|mission) (?:en|au|aux|a|dans|officielle)\b",
    es=r"\b(?:visita|mision) (?:a|al|oficial)\b",
    ru=r"(?:поездк|мисси|визит)\w* (?:в|на)\b",
    ar=r"(?:زيارته?|بعثته?|زياره)\w* (?:الي|ل)",
    zh=r"访问|对.{1,14}的访问|实况调查团",
)
_JUDGMENT = any_of(
    en=r"\bjudgment of\b|\(merits|reparations,? and costs\)", fr=r"\barret du\b|fond, reparations", es=r"\bsentencia de\b|fondo, reparaciones"
)  # fmt: skip
_PLEDGES = any_of(
    en=r"voluntary pledges|pledges and commitments",
    fr=r"engagements volontaires|contributions volontaires",
    es=r"(?:promesas|compromisos) (?:y compromisos )?voluntari",
    ru=r"добровольные обязательства|добровольн\w+ обещани",
    ar=r"التعهدات (?:و)?(?:الالتزامات )?الطوعيه|تعهدات طوعيه",
    zh=r"自愿承诺|自愿许诺|自愿认捐",
)


def kind_of(symbol: Symbol, title: tuple[Block, ...], opening: str, blocks: list[Block]) -> tuple[str, str]:
    """The kind and the body's code, "" where only the symbol or the names tell."""
    short = "\n".join(b.text for b in title if len(b.text) < 400 and b.kind != "note")
    said = plain(short)
    if symbol.kind != "other":
        return symbol.kind, symbol.body
    if symbol.shape.startswith("TB_PREFIXED") or (symbol.shape in ("TB_CO", "TB_Q", "TB_QPR") and symbol.addendum):
        return "other", symbol.body
    if _UPR_REPORT.search(said) or (symbol.shape == "HRC_REPORT" and body_named(short) == "UPR"):
        added = symbol.addendum or (_VIEWS.search(said) and not symbol.text)
        return ("upr_addendum" if added else "upr_report"), "UPR"
    if symbol.shape == "UPR_DOC":
        return "other", "UPR"
    body = symbol.body or body_named(short)
    family = family_of(body)
    if body == "IACTHR" or (_JUDGMENT.search(said) and family == "regional_court"):
        return "judgment", body
    if body == "COE-CM":
        return "decision", body
    treaty_like = family == "treaty_body" or not body
    replies = _REPLIES.search(said)
    if treaty_like and _PRIOR.search(said) and _ISSUES.search(said) and not replies:
        return "list_of_issues_prior_to_reporting", body
    if treaty_like and _ISSUES.search(said) and not replies:
        return "list_of_issues", body
    if _CONCLUDING.search(said) and not replies:
        return ("concluding_observations" if treaty_like else "regional_report"), body
    if family == "special_procedure" or (body == "SPT" and _VISIT.search(said)):
        return ("visit_report" if _VISIT.search(said) or symbol.addendum else "other"), body
    if _PLEDGES.search(said[:1500]) and family in ("", "commitment", "other_un"):
        return "other", "PLEDGES"
    if family == "regional_body":
        return "regional_report", body
    if body == "UPR" and re.search(r"recommend|recommand|recomend|рекоменд|توصي|建议", said):
        return ("upr_addendum" if _VIEWS.search(said) else "upr_report"), "UPR"
    return _by_building(blocks, body)


def _by_building(blocks: list[Block], body: str) -> tuple[str, str]:
    """A text without its title page."""
    said = plain("\n".join(b.text[:1500] for b in blocks[:400] if b.kind != "note"))
    if (
        re.search(r"listed below|enjoy the support|recommendations formulated during the interactive dialogue", said)
        and sum(b.number.count(".") for b in blocks) > 5
    ):
        return "upr_report", "UPR"
    asks = re.search(
        r"the committee (?:recommends|is concerned|urges)|le comite (?:recommande|est preoccupe)|(?:el comite|preocupa al comite)|комитет (?:рекомендует|обеспокоен)|委员会(?:建议|感到关切|关切)|(?:توصي|تعرب) اللجنه|يساور اللجنه",
        said,
    )
    if asks and re.search(r"state party|etat partie|estado parte|государств\w+-участник|الدوله الطرف|缔约国", said):
        return "concluding_observations", body if family_of(body) == "treaty_body" else ""
    return "other", body
