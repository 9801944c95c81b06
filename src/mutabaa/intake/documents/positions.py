"""What a State says of recommendations, in the words of six languages."""

from mutabaa.intake.documents.plain_words import any_of, plain

_NOT = any_of(
    en=r"\b(?:do|does|did|could|can|would|will|have|has)(?: not|n't|not) (?:enjoy|be support|support|accept|be accept|receiv|agree)|not (?:be )?(?:accepted|supported|able to (?:accept|support))|\breject|\bcannot (?:accept|support|be accepted|be supported)|unable to (?:accept|support)|\b(?:have|has|been|are|is|were|be) (?:been )?(?:duly )?noted\b|\bnoted by\b|\btakes? note\b|\btook note\b|\bnoted\b(?! (?:with|that|in|above|below|the))|\bnotes the (?:following )?recommendation|not in a position to",
    fr=r"n'(?:ont|a|emportent|a pas|ont pas) ?(?:pas )?(?:recueilli|recu|ete accept|l'appui|obtenu|l'adhesion)|ne recueill\w+ pas|ne beneficient pas|ne (?:peut|peuvent|sont|saurait)\b.{0,20} (?:accept|appuy)|\brejet|pris(?:es?)? note|prend note|^notee|a pris acte|prend acte|pris acte|n'accepte pas|n'appuie pas|n'approuve pas",
    es=r"no (?:gozan|goza|cuentan|cuenta|han|ha|recibieron|contaron|recibio|recibe|aceptan?|apoyan?|puede|son|fueron|pueden)\b.{0,20}(?:apoy|acept|beneplacito|respald)|\bno (?:acepta|apoya)|\brechaz|toma(?:do|n|ron)? nota|tomo nota|^anotad",
    ru=r"не (?:пользу|получ|поддерж|наход|могут быть (?:принят|поддерж)|может (?:принять|поддержать)|принима|были поддерж|заручились)|принял\w* к сведению|принят\w* к сведению|принимает к сведению|отклон|отверг",
    ar=r"لم تحظ|لا تحظي|لا يحظي|لم تنل|احاطت?\b.{0,40}علما|احيط\w* علما|تحيط\b.{0,30}علما|لا تويد|لم تويد|لا توافق|لا يمكن\w* قبول|لا تقبل|لم تقبل|ترفض|رفضت|رفضها|مرفوضه",
    zh=r"不支持|未(?:能)?(?:得到|获得|获)[^。]{0,12}(?:支持|赞同)|没有(?:得到|获得)|不(?:能|予|可)?接受|注意到|表示注意|记录在案|拒绝|未予支持|未获支持|不予支持|不赞同",
)  # fmt: skip
_LATER = any_of(
    en=r"\b(?:will|would|shall|to) be (?:examined|considered|studied|reviewed)\b|\bwill (?:examine|consider|study|review|provide|respond|give)\b|(?:provide|give)s? (?:its |a )?respons|in due (?:time|course)|\bpending\b|\bdeferred\b|under (?:consideration|examination|review)",
    fr=r"\bexaminera|seront (?:examine|etudie)|\betudiera|\brepondra|(?:fera|fournira|donnera|apportera|communiquera)\b.{0,30}repons|en temps (?:voulu|utile)|en suspens|y repondra",
    es=r"\bexaminara|seran (?:examinad|estudiad|considerad)|\bestudiara|\brespondera|\b(?:dara|ofrecera|proporcionara|presentara|facilitara)\b.{0,20}respuesta|a su debido tiempo|oportunamente|pendiente",
    ru=r"будут (?:рассмотрен|изучен)|рассмотрит|изучит|(?:представит|даст|предоставит)\b.{0,30}ответ|в надлежащее время|в установленн\w+ срок|в свое время|находятся на рассмотрении",
    ar=r"ستنظر|سينظر|ستبحث|ستدرس|ستخضع|سوف (?:تنظر|تبحث|تدرس)|سيجري (?:النظر|بحث)|ستقدم|ستفحص|سترد|في الوقت المناسب|قيد (?:النظر|الدراسه)",
    zh=r"将(?:予以|对|会|由[^。]{0,12})?[^。]{0,16}(?:审议|研究|审查|考虑|答复|回应)|适时(?:作出|提供|答复|回应)|在适当时候|有待",
)
_YES = any_of(
    en=r"\benjoy\w* (?:the |its |their )?(?:full |partial )?support|\bsupport(?:s|ed)?\b|\baccept(?:s|ed)?\b|\balready (?:been )?(?:fully |partially )?(?:implemented|being implemented|realized)|process of (?:being )?implement|\bendors|\bin the process of",
    fr=r"recueill\w* (?:l'|son |leur )(?:appui|adhesion|agrement|assentiment|approbation)|(?:beneficient|jouissent) de (?:l'|son )appui|(?:recu|ont|obtenu|emporte\w*|remport\w+) (?:l'|son )(?:appui|adhesion)|\b(?:appuie|appuye|accepte|approuve|souscri|adhere|soutient)|deja (?:ete )?(?:applique|mises? en oeuvre|donne effet|suivi)|en cours d'(?:application|execution)|en voie",
    es=r"(?:cuenta|cuentan|gozan|goza|contaron|recibieron|recibido|obtenido|han contado)\b.{0,12}(?:apoyo|beneplacito|respaldo|aprobacion)|\bapoy(?:a|o|ado|ada|adas|ados)\b|\bacept(?:a|o|ado|ada|adas|ados)\b|ya (?:se )?(?:han|ha|estan|esta) (?:sido )?(?:aplicad|implementad|puest|cumplid)|en (?:vias|proceso|curso) de",
    ru=r"пользу\w+ (?:\w+ )?поддержкой|получил\w* поддержку|поддержан|поддержива|поддержал|\bпринимает|\bпринят[аыо]?\b|\bпринял|одобр|уже (?:выполн|осуществл|реализ)|в процессе|находятся в стадии|заручились",
    ar=r"تحظي ب|يحظي ب|حظيت ب|نالت|تويد|ايدت|تويدها|ايدتها|تاييد|بدعم|قبلت|تقبل|مقبوله|وافقت|توافق|نفذت بالفعل|قيد التنفيذ|في طور التنفيذ|بصدد",
    zh=r"(?:得到|获得|获)[^。]{0,16}(?:支持|赞同|同意)|支持|接受|赞同|同意|已经?(?:得到|获得|予以)?(?:落实|执行|实施)|正在(?:落实|执行|实施)",
)  # fmt: skip
_PARTLY = any_of(
    en=r"\bpart(?:ly|ial|ially)?\b.{0,30}(?:support|accept|note)|(?:support|accept)\w*.{0,20}\b(?:in part|partially|partly)",
    fr=r"partiellement|en partie",
    es=r"parcialmente|en parte",
    ru=r"частично",
    ar=r"جزييا|جزيي",
    zh=r"部分(?:支持|接受|注意)",
)
# "partially accepted", "supported in part": recorded as supported, in part.
_HALF = any_of(
    en=r"\bpart(?:ly|ially)[- ](?:support|accept|enjoy|noted)|(?:support|accept)\w*,? (?:only )?(?:in part|partially|partly)|(?:supported|accepted) ?/ ?noted",
    fr=r"(?:accept|appuy|approuv)\w+ (?:en partie|partiellement)|partiellement (?:accept|appuy|note)",
    es=r"(?:acept|apoy)\w+ (?:en parte|parcialmente)|parcialmente (?:acept|apoy)",
    ru=r"частично (?:поддерж|приня|приним)|(?:поддерж|прин)\w+ частично",
    ar=r"(?:تويد|ايدت|قبلت|تقبل|مقبوله|موافقه)\w*.{0,14}جزيي",
    zh=r"部分(?:支持|接受)",
)
_WHAT = any_of(
    en=r"recommendation",
    fr=r"recommandation",
    es=r"recomendaci",
    ru=r"рекомендаци",
    ar=r"توصي|التوصيات",
    zh=r"建议",
)


def position_of(text: str) -> str:
    """ "supported", "noted", "pending" or "" of a sentence about recommendations. A refusal outweighs, then what is to come."""
    said = plain(text)
    if _HALF.search(said):
        return "supported"
    if _NOT.search(said) and not (_LATER.search(said) and not _refuses(said)):
        return "noted"
    if _LATER.search(said):
        return "pending"
    return "supported" if _YES.search(said) else ""


def _refuses(said: str) -> bool:
    """More than "takes note, and will examine"."""
    found = _NOT.search(said)
    return bool(found) and "not" in found.group() if found else False


def is_partial(text: str) -> bool:
    return bool(_PARTLY.search(plain(text)))


def speaks_of_recommendations(text: str) -> bool:
    return bool(_WHAT.search(plain(text)))
