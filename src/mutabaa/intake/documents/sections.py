"""The sections of concluding observations, by their headings in six languages."""

from mutabaa.intake.documents.plain_words import any_of, plain

INTRODUCTION = any_of(
    en=r"^introduction$|^general$",
    fr=r"^introduction$",
    es=r"^introduccion$",
    ru=r"^введение$",
    ar=r"^مقدمه$",
    zh=r"^(?:导言|引言|导论|序言)$",
)
POSITIVE = any_of(
    en=r"positive (?:aspects|developments|factors)|progress achieved|factors and positive",
    fr=r"aspects positifs|progres accomplis|faits positifs",
    es=r"aspectos positivos|acontecimientos positivos|progresos",
    ru=r"позитивн|положительн",
    ar=r"الجوانب الايجابيه|النواحي الايجابيه|التطورات الايجابيه",
    zh=r"积极方面|积极的?(?:方面|因素|发展)",
)
FACTORS = any_of(
    en=r"factors and difficulties|factors impeding", fr=r"facteurs et difficultes", es=r"factores y dificultades", ru=r"факторы и трудности",
    ar=r"العوامل والصعوبات|العوامل التي تعوق", zh=r"(?:因素|困难)",
)  # fmt: skip
FOLLOW_UP = any_of(
    en=r"follow-?up|dissemination and follow|implementation and reporting|implementation of the present concluding",
    fr=r"suivi|suite donnee|mise en oeuvre et",
    es=r"seguimiento|aplicacion y presentacion",
    ru=r"последующ|контрол|выполнени\w+ и представлени|осуществлени\w+ последующ",
    ar=r"متابعه|المتابعه",
    zh=r"后续|落实",
)
DISSEMINATION = any_of(
    en=r"dissemination|publicity",
    fr=r"diffusion",
    es=r"difusion",
    ru=r"распростран",
    ar=r"نشر|التعميم",
    zh=r"传播|宣传|散发",
)
NEXT_REPORT = any_of(
    en=r"next (?:periodic )?report|preparation of the next|submission of", fr=r"prochain rapport|elaboration du prochain", es=r"proximo informe|preparacion del proximo|presentacion del",
    ru=r"следующ\w+ (?:периодическ\w+ )?доклад|подготовк\w+ следующ", ar=r"التقرير (?:الدوري )?(?:المقبل|القادم|التالي)|اعداد التقرير", zh=r"下一?次(?:定期)?报告|编写下",
)  # fmt: skip


def section_of(heading: tuple[str, ...]) -> str:
    """ "introduction", "positive", "factors", "follow_up", "dissemination", "next_report" or "": the innermost heading that tells."""
    for title in reversed(heading):
        said = plain(title).strip(" .:：")
        for name, pattern in (
            ("introduction", INTRODUCTION), ("positive", POSITIVE), ("factors", FACTORS),
            ("next_report", NEXT_REPORT), ("follow_up", FOLLOW_UP), ("dissemination", DISSEMINATION),
        ):  # fmt: skip
            if pattern.search(said):
                return name
    return ""
