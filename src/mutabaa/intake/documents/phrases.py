"""By what words a mechanism recommends, is concerned, welcomes, asks for information – in the six languages of the United Nations.

Patterns are written as `plain` leaves texts: lower case, no accents on Latin letters, Arabic without marks and variants.
"""

from mutabaa.intake.documents.plain_words import any_of, plain

LONGEST = 4000  # letters of a sentence that are looked at: no real one is longer
_STATE = r"state(?:s)? part(?:y|ies)|government|authorities|state"

DEMAND = any_of(
    en=rf"\b(?:is|are|be) (?:requested|urged|invited|encouraged|recommended|called upon)\b|\b(?:recommends?|urges?|calls? (?:up)?on|encourages?|invites?|exhorts?|suggests?|advises?|requests?|asks|appeals to|strongly supports|insists)\b(?! for)"
    rf"|\b(?:{_STATE}|it|they|measures|steps|efforts|legislation|law|policies|resources|training|\w+s?) should\b|\bshould (?:be|also|ensure|take|adopt|consider|continue|provide|strengthen|intensify|review|amend|establish|guarantee)\b"
    r"|(?:reiterat|repeat|recall)\w* (?:its|the|their)\b.{0,60}\b(?:recommendation|request|call)|reminds the state|draws? the (?:state party's )?attention|it is (?:recommended|suggested|imperative|urged|essential that)|must\b|(?:emphasiz|stress|underlin|underscor)\w* (?:the (?:need|importance|urgency)|that)|wishes to see|hopes that",
    fr=r"(?:est|sont) (?:egalement )?(?:priee?s?|invitee?s?|engagee?s?|encouragee?s?|exhortee?s?)\b|\b(?:recommande|exhorte|engage|invite|encourage|demande|prie|suggere|preconise|conseille|enjoint|lance un appel|appelle l|appelle le|requiert|souligne (?:la necessite|qu)|rappelle a l'etat)\b|(?:l'etat partie|etat partie|gouvernement|autorites|il|elles?|ils) (?:devrai(?:t|ent)|doit|doivent)\b|\bdevrai(?:t|ent)\b|reitere (?:sa|ses|la|les)\b.{0,40}recommandation|attire l'attention de l'etat|il est recommande",
    es=r"\b(?:recomienda|recomiendan|insta|instan|exhorta|alienta|anima|invita|solicita|pide|sugiere|aconseja|ruega|urge|apremia|hace un llamamiento|insiste|reitera (?:su|sus|la|las)\b.{0,40}recomendaci\w+|senala a la atencion|recuerda al estado|subraya (?:la necesidad|que)|requiere)\b|(?:estado parte|gobierno|autoridades|estado|se) (?:deberia|debe|debera|deben|deberian)\b|\bdeberian?\b|se recomienda",
    ru=r"(?:рекомендует|рекомендуют|настоятельно (?:призывает|рекомендует)|призывает|предлагает|просит|побуждает|поощряет|советует|обращается с (?:призывом|просьбой)|повторяет сво\w+ (?:\w+ )?рекомендац|вновь (?:рекомендует|призывает|повторяет)|напоминает государству|подчеркивает (?:необходимость|важность)|настаивает)|(?:государств\w+-участник\w*|государству|правительств\w+|власт\w+|ему|ей|им) (?:\w+ )?(?:следует|надлежит|необходимо|должн\w+)|\bследует\b|рекомендуется|предлагается|надлежит",
    ar=r"(?:^|\s|و|ف|كما |ثم )(?:توصي|تحث|تدعو|تهيب|تشجع|تطلب|تناشد|تقترح|توجه انتباه|تسترعي انتباه|تكرر (?:تاكيد )?(?:توصيت|طلب|دعوت)|تذكر الدوله|تشدد علي|توكد (?:ضروره|اهميه)|يوصي|يحث|يدعو|يهيب|يشجع|يطلب|يناشد|نوصي|توصيان|يحثان)(?:ها|ه)?\b|(?:ينبغي|يتعين|يجب|ينبغى)(?:\s|\b)|علي الدوله الطرف ان|يرجي|مدعوه? الي|مطلوب",
    zh=r"(?:建议|敦促|促请|呼吁|鼓励|要求|吁请|恳请|提请|提醒|劝告|请)(?:缔约国|该国|政府|国家|当局|各|有关|其|大会|理事会|秘书长|联合国|捐助|国际社会|民间社会|议会)"
    r"|(?:^|[，。；])(?:委员会|特别报告员|工作组|独立专家|小组委员会)[^，。；建请的]{0,10}(?:建议|敦促|促请|呼吁|鼓励|要求|吁请|请)(?!的|得到|未|没)|缔约国[^。；]{0,6}(?:应当?|应该|必须|须)|重申[^。；]{0,20}建议|各?(?:国|政府)应",
)  # fmt: skip
CONCERN = any_of(
    en=r"\bconcern(?:ed|s|ing)?\b|\bregret|\bdeplor|\balarm|\bdisturb|\bworr(?:y|ied|ies|ying)|\bdismay|\bpreoccup|\bremains? (?:deeply |seriously |gravely |particularly )?(?:concerned|troubled)|\btroubl(?:ed|ing)|notes (?:the (?:lack|absence|persistence|insufficient|limited|high|low)|that .{0,200}\b(?:not yet|lack|insufficient|fail))|\bis (?:also )?(?:troubled|struck)|observes with|takes note of (?:reports|allegations|the lack|the absence)",
    fr=r"preoccup|inquiet|regrett|deplor|\balarm|constate (?:avec|que .{0,160}\bne\b)|s'inquiete|note avec (?:preoccupation|regret|inquietude)|profondement trouble",
    es=r"preocup|\binquiet|lament|deplor|\balarm|observa con|toma nota con (?:preocupacion|pesar|inquietud)|consterna",
    ru=r"обеспоко|озабоч|сожале|тревог|встревож|беспокойств|с беспокойством|осужда|вызывает беспокойство",
    ar=r"قلق|تاسف|ياسف|باسف|اسفها|تستاء|انشغال|يساور|تشعر ب|انزعاج|يقلق|تعرب عن (?:قلق|اسف)|استياء",
    zh=r"关切|关注|遗憾|担忧|不安|震惊|忧虑|忧心|深感痛心",
)
POSITIVE = any_of(
    en=r"\bwelcom|\bcommend|\bappreciat|\bsatisfaction|\bpositive|\bcongratulat|\bprais|\bgratif|\bpleased\b|\backnowledg",
    fr=r"\bsalue|\bfelicit|\bsatisf|\bse rejouit|accueille avec|\bapprecie|\bprend note avec|gre\b",
    es=r"acoge con|celebra|felicita|satisfac|encomia|elogia|aprecia|valora|reconoce|complace",
    ru=r"приветству|удовлетвор|высоко оценива|одобр|позитивн|положительн|отдает должное|благодар",
    ar=r"ترحب|يرحب|تشيد|يشيد|ارتياح|تثني|تقدير|تنوه|تهنئ",
    zh=r"欢迎|赞赏|满意|称赞|表扬|肯定|赞扬|高兴",
)
INFORMATION = any_of(
    en=r"(?:request|invite|ask|urge|recommend|encourage|should|call)\w*\b.{0,160}\b(?:information|data|statistics|report)\b.{0,200}\b(?:next|periodic|follow-up|within|by \d|provide|submi|inclu)|(?:provide|includ|submit|furnish|supply)\w*\b.{0,80}\b(?:information|data|statistics)\b.{0,120}\b(?:next|periodic|follow-up|its) (?:\w+ ){0,3}report|submit its\b.{0,120}\breport|(?:request|invite)\w*\b.{0,120}\b(?:to )?(?:provide|submit|inform|include|furnish)",
    fr=r"(?:demande|prie|invite|recommande|devrait|engage)\b.{0,160}(?:renseignements|informations?|donnees|statistiques|rapport)\b.{0,200}(?:prochain|periodique|delai|suite|fournir|soumettre|faire figurer|communiquer|presenter)|(?:fournir|communiquer|donner|faire figurer|inclure|presenter|soumettre|faire parvenir)\b.{0,120}(?:renseignements|informations?|donnees|prochain rapport|rapport periodique)",
    es=r"(?:solicita|pide|invita|recomienda|deberia|debe|ruega)\b.{0,160}(?:informacion|informaciones|datos|estadisticas|informe)\b.{0,200}(?:proximo|periodico|plazo|facilit|proporcion|presente|incluy|seguimiento)|(?:proporcion|facilit|present|incluy|incluir|suministr)\w*\b.{0,120}(?:informacion|datos|proximo informe|informe periodico)",
    ru=r"(?:просит|предлагает|призывает|рекомендует|следует)\b.{0,160}(?:представить|включить|сообщить|предоставить|информировать|проинформировать)\b.{0,200}(?:информаци|данные|сведения|доклад|статист)",
    ar=r"(?:تطلب|يطلب|تدعو|ينبغي|توصي|ترجو|تحث)\b.{0,160}(?:تقديم|تقدم|تزود|موافا|ادراج|تدرج|تضمين|تضمن|توفر|توافي|ابلاغ)\w*.{0,200}(?:معلومات|بيانات|تقرير|احصا)",
    zh=r"(?:请|要求|邀请|建议|促请)[^。]{0,120}(?:提供|提交|列入|载列|报告|说明|纳入|通报)[^。]{0,120}(?:资料|信息|数据|报告|统计|情况)|下次(?:定期)?报告(?:中|内)[^。]{0,30}(?:提供|列入|载列|说明)",
)
NEXT_REPORT = any_of(
    en=r"\b(?:next|subsequent|periodic|combined|annual|initial|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w{3,12}th) (?:periodic )?reports?\b|submit its|additional information (?:referred|under article 29)|reporting cycle|periodic report",
    fr=r"(?:prochain|rapport)\w* (?:rapports? )?(?:periodiques?|unique)|soumettre s|cycle d'examen",
    es=r"(?:proximo|informe)s? (?:informes? )?periodicos?|presente su|ciclo de examen",
    ru=r"(?:следующ|периодическ)\w+ (?:периодическ\w+ )?доклад|объединенн\w+.{0,30}доклад|цикл\w* (?:обзор|рассмотрени)",
    ar=r"تقرير\w* (?:ال)?دوري|تقاريرها الدوريه|تقريرها (?:\w+ )?(?:المقبل|القادم|التالي|الجامع|الدوري)|دوره الاستعراض",
    zh=r"定期报告|下一?次(?:合并)?报告|合并报告|审议周期",
)  # fmt: skip


def purpose(sentence: str) -> str:
    """ "recommendation", "request_for_information", "concern", "positive_aspect" or "" of one sentence: what the mechanism does with it.

    A demand outweighs a concern named on the way; but where the concern is the sentence's own verb it counts.
    """
    said = plain(sentence[:LONGEST])
    demand = DEMAND.search(said)
    concern = CONCERN.search(said)
    if demand and concern and _concern_leads(said, demand.start(), concern.start()):
        demand = None
    if demand:
        return "request_for_information" if INFORMATION.search(said) else "recommendation"
    if concern:
        return "concern"
    return "positive_aspect" if POSITIVE.search(said) else ""


_LEADING_CONCERN = any_of(
    en=r"committee (?:\w+ ){0,3}(?:is|remains|expresses|regrets|notes with|takes note with|observes with|deplores)|(?:it|committee) (?:is|remains) (?:\w+ ){0,3}(?:concerned|alarmed|disturbed|worried)|it (?:also |further )?(?:regrets|deplores|expresses)",
    fr=r"comite (?:\w+ ){0,2}(?:est|demeure|reste|s'inquiete|regrette|deplore|constate|note) |il (?:est|demeure|regrette|s'inquiete|deplore)|preoccupe par|s'inquiete|se dit",
    es=r"(?:preocupa|inquieta) (?:\w+ )*?(?:al comite|tambien)|al comite le (?:preocupa|inquieta)|le (?:preocupa|inquieta)|comite (?:\w+ ){0,3}(?:lamenta|deplora|observa con|esta preocupado|expresa|siente|sigue)|(?:lamenta|deplora)",
    ru=r"комитет (?:\w+ ){0,3}(?:обеспоко|озабоч|выражает|сожале|с (?:беспокойством|озабоченностью|сожалением))|(?:он|комитет|его) (?:\w+ )?(?:обеспоко|озабоч|сожале|беспокоит)|вызывает",
    ar=r"(?:يساور|تشعر|تعرب|تاسف|تلاحظ (?:مع القلق|بقلق|مع الاسف)|لا يزال القلق|يقلق|وياسف|وتاسف)",
    zh=r"委员会[^。，]{0,20}(?:关切|遗憾|担忧|不安|震惊|关注)|(?:仍|还|也|又)?感到(?:关切|遗憾|担忧|不安)|令人关切|表示(?:关切|遗憾)",
)  # fmt: skip


# "is concerned about … and recommends that": one sentence that does both is a demand.
_AND_DEMANDS = any_of(
    en=r"\b(?:and|therefore|,) (?:it |the committee )?(?:also |further |strongly |therefore |thus )*(?:recommends|urges|calls (?:up)?on|encourages|invites|requests|suggests)\b",
    fr=r"\bet (?:il |lui |l'|le )*(?:recommande|exhorte|engage|invite|encourage|demande|prie)\b",
    es=r"\by (?:le |lo |por ello |por lo tanto )*(?:recomienda|insta|exhorta|alienta|invita|solicita|pide|sugiere)\b",
    ru=r"\bи (?:\w+ )?(?:рекомендует|призывает|предлагает|просит|побуждает)",
    ar=r"(?:و|ف)(?:توصي|تحث|تدعو|تطلب|تشجع|تهيب)(?:ها)?\b",
    zh=r"(?:，|并|因此)(?:还|并|因此)?(?:建议|敦促|促请|呼吁|鼓励|要求|吁请)(?!的)",
)  # fmt: skip


def _concern_leads(said: str, demand: int, concern: int) -> bool:
    if _AND_DEMANDS.search(said):
        return False
    led = _LEADING_CONCERN.search(said)
    return bool(led and concern < demand)
