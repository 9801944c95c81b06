"""Concluding observations on an invented State, Murania (XMU), in six languages: the same paragraphs in the manner of each language's documents."""

EXPECTED = [
    ("3", "positive_aspect"),
    ("4 (a)", "positive_aspect"),
    ("4 (b)", "positive_aspect"),
    ("5", "concern"),
    ("6", "recommendation"),
    ("7 (a)", "concern"),
    ("7 (b)", "concern"),
    ("8 (a)", "recommendation"),
    ("8 (b)", "recommendation"),
    ("8 (c)", "recommendation"),
    ("9", "concern"),
    ("9", "recommendation"),
    ("10", "recommendation"),
    ("11", "request_for_information"),
    ("12", "request_for_information"),
]
FOLLOWED_UP = {"6", "8 (b)"}

TEXTS = {
    "en": """\
United Nations
CEDAW/C/XMU/CO/5
Convention on the Elimination of All Forms of Discrimination against Women
Distr.: General
14 March 2023
Original: English

Committee on the Elimination of Discrimination against Women

Concluding observations on the fifth periodic report of Murania*

1. The Committee considered the fifth periodic report of Murania (CEDAW/C/XMU/5) at its 1950th and 1951st meetings, held on 9 February 2023.

A. Introduction

2. The Committee appreciates the submission by the State party of its fifth periodic report.

B. Positive aspects

3. The Committee welcomes the progress achieved since the consideration in 2016 of the previous report in undertaking legislative reforms.

4. The Committee commends the State party for its efforts to improve its institutional framework, including the adoption of:

(a) The national strategy for gender equality, in 2020;

(b) The plan of action against domestic violence, in 2021.

C. Principal areas of concern and recommendations

Visibility of the Convention

5. The Committee notes with concern that women in rural areas are not aware of their rights under the Convention.

6. The Committee recommends that the State party disseminate the Convention among women in rural areas, in Muranian and in minority languages.

Gender-based violence against women

7. The Committee is concerned about:

(a) The lack of shelters outside the capital, No. 12 of the plan notwithstanding;

(b) The low number of convictions.

8. Recalling its general recommendation No. 35 (2017), the Committee urges the State party:

(a) To open at least one shelter in every province;

(b) To amend article 140 of the Criminal Code so that:
(i) Marital rape is a crime;
(ii) Lack of consent is decisive;

(c) To train judges and prosecutors.

Employment

9. The Committee is concerned at the persistent gender wage gap. It regrets that no data on the informal sector are available. The Committee recommends that the State party enforce the principle of equal pay for work of equal value. It should also extend labour inspections to domestic work.

Dissemination

10. The Committee requests the State party to ensure the timely dissemination of the present concluding observations, in the official language of the State party, to the relevant State institutions at all levels.

Follow-up to the concluding observations

11. The Committee requests the State party to provide, within two years, written information on the steps taken to implement the recommendations contained in paragraphs 6 and 8 (b) above.

Preparation of the next report

12. The Committee requests the State party to submit its sixth periodic report, which is due in February 2027.
""",
    "fr": """\
Nations Unies
CEDAW/C/XMU/CO/5
Convention sur l’élimination de toutes les formes de discrimination à l’égard des femmes
Distr. générale
14 mars 2023
Français
Original : anglais

Comité pour l’élimination de la discrimination à l’égard des femmes

Observations finales concernant le cinquième rapport périodique de la Muranie*

1. Le Comité a examiné le cinquième rapport périodique de la Muranie (CEDAW/C/XMU/5) à ses 1950e et 1951e séances, le 9 février 2023.

A. Introduction

2. Le Comité sait gré à l’État partie d’avoir soumis son cinquième rapport périodique.

B. Aspects positifs

3. Le Comité salue les progrès accomplis depuis l’examen, en 2016, du rapport précédent en ce qui concerne les réformes législatives.

4. Le Comité félicite l’État partie des efforts qu’il fait pour améliorer son cadre institutionnel, notamment de l’adoption des textes suivants :

a) La stratégie nationale pour l’égalité des sexes, en 2020 ;

b) Le plan d’action contre la violence domestique, en 2021.

C. Principaux sujets de préoccupation et recommandations

Visibilité de la Convention

5. Le Comité note avec préoccupation que les femmes rurales ne connaissent pas les droits que leur confère la Convention.

6. Le Comité recommande à l’État partie de diffuser la Convention auprès des femmes rurales, en muranien et dans les langues minoritaires.

Violence fondée sur le genre

7. Le Comité est préoccupé par :

a) Le manque de foyers d’accueil hors de la capitale ;

b) Le faible nombre de condamnations.

8. Rappelant sa recommandation générale no 35 (2017), le Comité demande instamment à l’État partie :

a) D’ouvrir au moins un foyer d’accueil dans chaque province ;

b) De modifier l’article 140 du Code pénal de sorte que :
i) Le viol conjugal soit un crime ;
ii) L’absence de consentement soit déterminante ;

c) De former les juges et les procureurs.

Emploi

9. Le Comité est préoccupé par la persistance de l’écart de rémunération entre les sexes. Il regrette l’absence de données sur le secteur informel. Le Comité recommande à l’État partie d’appliquer le principe de l’égalité de rémunération pour un travail de valeur égale. Il devrait aussi étendre les inspections au travail domestique.

Diffusion

10. Le Comité demande à l’État partie de veiller à la diffusion rapide des présentes observations finales, dans la langue officielle, auprès des institutions concernées à tous les niveaux.

Suite donnée aux observations finales

11. Le Comité demande à l’État partie de lui fournir par écrit, dans un délai de deux ans, des informations sur les mesures prises pour donner effet aux recommandations figurant aux paragraphes 6 et 8 b) ci-dessus.

Élaboration du prochain rapport

12. Le Comité demande à l’État partie de soumettre son sixième rapport périodique, qui est attendu en février 2027.
""",
    "es": """\
Naciones Unidas
CEDAW/C/XMU/CO/5
Convención sobre la Eliminación de Todas las Formas de Discriminación contra la Mujer
Distr. general
14 de marzo de 2023
Español
Original: inglés

Comité para la Eliminación de la Discriminación contra la Mujer

Observaciones finales sobre el quinto informe periódico de Murania*

1. El Comité examinó el quinto informe periódico de Murania (CEDAW/C/XMU/5) en sus sesiones 1950ª y 1951ª, celebradas el 9 de febrero de 2023.

A. Introducción

2. El Comité agradece la presentación por el Estado parte de su quinto informe periódico.

B. Aspectos positivos

3. El Comité acoge con beneplácito los avances logrados desde el examen, en 2016, del informe anterior en lo que respecta a las reformas legislativas.

4. El Comité encomia al Estado parte por sus esfuerzos encaminados a mejorar su marco institucional, entre ellos la aprobación de:

a) La estrategia nacional para la igualdad de género, en 2020;

b) El plan de acción contra la violencia doméstica, en 2021.

C. Principales esferas de preocupación y recomendaciones

Difusión de la Convención

5. Al Comité le preocupa que las mujeres de las zonas rurales no conozcan los derechos que les reconoce la Convención.

6. El Comité recomienda al Estado parte que dé a conocer la Convención entre las mujeres de las zonas rurales, en muraniano y en los idiomas minoritarios.

Violencia de género contra la mujer

7. Preocupan al Comité:

a) La falta de centros de acogida fuera de la capital;

b) El reducido número de condenas.

8. Recordando su recomendación general núm. 35 (2017), el Comité insta al Estado parte a que:

a) Abra al menos un centro de acogida en cada provincia;

b) Modifique el artículo 140 del Código Penal de modo que:
i) La violación conyugal sea delito;
ii) La falta de consentimiento sea determinante;

c) Capacite a los jueces y fiscales.

Empleo

9. Preocupa al Comité la persistente brecha salarial de género. Lamenta que no se disponga de datos sobre el sector informal. El Comité recomienda al Estado parte que haga cumplir el principio de igual remuneración por trabajo de igual valor. También debería ampliar las inspecciones al trabajo doméstico.

Difusión

10. El Comité solicita al Estado parte que vele por la difusión oportuna de las presentes observaciones finales, en el idioma oficial del Estado parte, entre las instituciones pertinentes a todos los niveles.

Seguimiento de las observaciones finales

11. El Comité solicita al Estado parte que, en el plazo de dos años, facilite información por escrito sobre las medidas adoptadas para aplicar las recomendaciones que figuran en los párrafos 6 y 8 b) supra.

Preparación del próximo informe

12. El Comité solicita al Estado parte que presente su sexto informe periódico, previsto para febrero de 2027.
""",
    "ru": """\
Организация Объединенных Наций
CEDAW/C/XMU/CO/5
Конвенция о ликвидации всех форм дискриминации в отношении женщин
Distr.: General
14 марта 2023 года
Russian
Original: English

Комитет по ликвидации дискриминации в отношении женщин

Заключительные замечания по пятому периодическому докладу Мурании*

1. Комитет рассмотрел пятый периодический доклад Мурании (CEDAW/C/XMU/5) на своих 1950-м и 1951-м заседаниях, состоявшихся 9 февраля 2023 года.

A. Введение

2. Комитет выражает признательность государству-участнику за представление пятого периодического доклада.

B. Позитивные аспекты

3. Комитет приветствует прогресс, достигнутый после рассмотрения в 2016 году предыдущего доклада в области законодательных реформ.

4. Комитет высоко оценивает усилия государства-участника по совершенствованию институциональной основы, в том числе принятие:

a) национальной стратегии по обеспечению гендерного равенства в 2020 году;

b) плана действий по борьбе с насилием в семье в 2021 году.

C. Основные проблемные области и рекомендации

Информированность о Конвенции

5. Комитет с обеспокоенностью отмечает, что женщины в сельских районах не знают о своих правах по Конвенции.

6. Комитет рекомендует государству-участнику распространять Конвенцию среди сельских женщин на муранском языке и языках меньшинств.

Гендерное насилие в отношении женщин

7. Комитет обеспокоен:

a) отсутствием приютов за пределами столицы;

b) малым числом обвинительных приговоров.

8. Ссылаясь на свою общую рекомендацию № 35 (2017), Комитет настоятельно призывает государство-участник:

a) открыть по меньшей мере один приют в каждой провинции;

b) внести поправки в статью 140 Уголовного кодекса, с тем чтобы:
i) изнасилование в браке являлось преступлением;
ii) отсутствие согласия имело решающее значение;

c) обеспечить подготовку судей и прокуроров.

Занятость

9. Комитет обеспокоен сохраняющимся разрывом в оплате труда женщин и мужчин. Он сожалеет об отсутствии данных о неформальном секторе. Комитет рекомендует государству-участнику обеспечить соблюдение принципа равной оплаты за труд равной ценности. Ему следует также распространить инспекции на домашний труд.

Распространение информации

10. Комитет просит государство-участник обеспечить своевременное распространение настоящих заключительных замечаний на официальном языке государства-участника среди соответствующих учреждений всех уровней.

Последующая деятельность в связи с заключительными замечаниями

11. Комитет просит государство-участник представить в течение двух лет письменную информацию о мерах, принятых для осуществления рекомендаций, содержащихся в пунктах 6 и 8 b) выше.

Подготовка следующего доклада

12. Комитет просит государство-участник представить свой шестой периодический доклад, который подлежит представлению в феврале 2027 года.
""",
    "ar": """\
الأمم المتحدة
CEDAW/C/XMU/CO/5
اتفاقية القضاء على جميع أشكال التمييز ضد المرأة
Distr.: General
14 آذار/مارس 2023
Arabic
Original: English

اللجنة المعنية بالقضاء على التمييز ضد المرأة

الملاحظات الختامية بشأن التقرير الدوري الخامس لمورانيا*

١- نظرت اللجنة في التقرير الدوري الخامس لمورانيا (CEDAW/C/XMU/5) في جلستيها 1950 و1951 المعقودتين في 9 شباط/فبراير 2023.

ألف- مقدمة

٢- تعرب اللجنة عن تقديرها لتقديم الدولة الطرف تقريرها الدوري الخامس.

باء- الجوانب الإيجابية

٣- ترحب اللجنة بالتقدم المحرز منذ النظر في التقرير السابق في عام 2016 في مجال الإصلاحات التشريعية.

٤- وتثني اللجنة على الدولة الطرف لما تبذله من جهود لتحسين إطارها المؤسسي، بما في ذلك اعتماد ما يلي:

(أ) الاستراتيجية الوطنية للمساواة بين الجنسين، في عام 2020؛

(ب) خطة العمل لمكافحة العنف المنزلي، في عام 2021.

جيم- دواعي القلق الرئيسية والتوصيات

التعريف بالاتفاقية

٥- تلاحظ اللجنة بقلق أن النساء في المناطق الريفية لا يعرفن حقوقهن بموجب الاتفاقية.

٦- وتوصي اللجنة بأن تعمم الدولة الطرف الاتفاقية على النساء في المناطق الريفية بالمورانية وبلغات الأقليات.

العنف الجنساني ضد المرأة

٧- وتشعر اللجنة بالقلق إزاء ما يلي:

(أ) قلة مراكز الإيواء خارج العاصمة؛

(ب) قلة عدد الإدانات.

٨- وإذ تشير اللجنة إلى توصيتها العامة رقم 35 (2017)، فإنها تحث الدولة الطرف على القيام بما يلي:

(أ) فتح مركز إيواء واحد على الأقل في كل محافظة؛

(ب) تعديل المادة 140 من قانون العقوبات بحيث:
'1' يجرَّم الاغتصاب الزوجي؛
'2' يكون انعدام الرضا حاسماً؛

(ج) تدريب القضاة والمدعين العامين.

العمالة

٩- يساور اللجنة القلق إزاء استمرار الفجوة في الأجور بين الجنسين. وتأسف لعدم توافر بيانات عن القطاع غير الرسمي. وتوصي اللجنة بأن تنفذ الدولة الطرف مبدأ تساوي الأجر عن العمل المتساوي القيمة. وينبغي لها أيضاً أن توسع نطاق عمليات التفتيش لتشمل العمل المنزلي.

التعميم

١٠- تطلب اللجنة إلى الدولة الطرف أن تكفل تعميم هذه الملاحظات الختامية في الوقت المناسب، باللغة الرسمية للدولة الطرف، على المؤسسات المعنية على جميع المستويات.

متابعة الملاحظات الختامية

١١- تطلب اللجنة إلى الدولة الطرف أن تقدم، في غضون سنتين، معلومات خطية عن الخطوات المتخذة لتنفيذ التوصيات الواردة في الفقرتين 6 و8 (ب) أعلاه.

إعداد التقرير المقبل

١٢- تطلب اللجنة إلى الدولة الطرف أن تقدم تقريرها الدوري السادس، الذي يحين موعد تقديمه في شباط/فبراير 2027.
""",
    "zh": """\
联合国
CEDAW/C/XMU/CO/5
消除对妇女一切形式歧视公约
Distr.: General
2023年3月14日
Chinese
Original: English

消除对妇女歧视委员会

关于穆拉尼亚第五次定期报告的结论性意见*

1. 委员会在2023年2月9日举行的第1950次和第1951次会议上审议了穆拉尼亚的第五次定期报告(CEDAW/C/XMU/5)。

A. 导言

2. 委员会赞赏缔约国提交第五次定期报告。

B. 积极方面

3. 委员会欢迎自2016年审议缔约国上次报告以来在立法改革方面取得的进展。

4. 委员会赞扬缔约国努力改进体制框架，包括通过了：

(a) 2020年《国家性别平等战略》；

(b) 2021年《打击家庭暴力行动计划》。

C. 主要关切领域和建议

《公约》的宣传

5. 委员会关切地注意到，农村妇女不了解她们根据《公约》享有的权利。

6. 委员会建议缔约国以穆拉尼亚语和少数民族语言向农村妇女宣传《公约》。

对妇女的性别暴力

7. 委员会对以下情况表示关切：

(a) 首都以外缺乏收容所；

(b) 定罪数量少。

8. 委员会回顾其第35号一般性建议(2017年)，促请缔约国：

(a) 在每个省至少开设一个收容所；

(b) 修订《刑法》第140条，以便：
(一) 将婚内强奸定为犯罪；
(二) 以缺乏同意为决定因素；

(c) 培训法官和检察官。

就业

9. 委员会感到关切的是，性别工资差距持续存在。委员会还遗憾地注意到没有关于非正规部门的数据。委员会建议缔约国落实同值工作同等报酬原则。缔约国还应将劳动监察扩大到家政工作。

传播

10. 委员会请缔约国确保以缔约国官方语文及时向各级有关国家机构传播本结论性意见。

结论性意见的后续行动

11. 委员会请缔约国在两年内就为落实上文第6段和第8段(b)所载建议而采取的步骤提供书面资料。

编写下次报告

12. 委员会请缔约国提交应于2027年2月提交的第六次定期报告。
""",
}

ECONOMIC_RIGHTS = """\
E/C.12/XMU/CO/6
Economic and Social Council
Distr.: General
6 March 2020
Committee on Economic, Social and Cultural Rights

Concluding observations on the sixth periodic report of Murania*

1. The Committee considered the sixth periodic report of Murania (E/C.12/XMU/6) at its 5th and 6th meetings and adopted the present concluding observations at its 30th meeting, held on 6 March 2020.

A. Introduction

2. The Committee welcomes the submission by the State party.

B. Positive aspects

3. The Committee welcomes the ratification of the Optional Protocol.

C. Principal subjects of concern and recommendations

Justiciability of economic, social and cultural rights

4. While noting that the Covenant is directly applicable, the Committee is concerned that it is rarely invoked in court.

5. The Committee recommends that the State party train judges. In this regard, the Committee draws the attention of the State party to its general comment No. 9 (1998).

Data collection

6. The Committee is concerned about:

(a) The lack of data;

(b) Outdated surveys (art. 2 (1)).

7. The Committee recommends that the State party:

(a) Collect data;

(b) Take into account its statement on the pledge to leave no one behind.

D. Other recommendations

8. The Committee encourages the State party to ratify the Convention on Migrant Workers.

9. The Committee requests that the State party disseminate the present concluding observations widely at all levels of society.

10. In accordance with the procedure on follow-up to concluding observations adopted by the Committee, the State party is requested to provide, within 24 months of the adoption of the present concluding observations, information on the implementation of the recommendations contained in paragraphs 5 (justiciability) and 7 (a) (data) above.

11. The Committee requests the State party to submit its seventh periodic report by 31 March 2025.
"""

TORTURE_FR = """\
CAT/C/XMU/CO/3
Comité contre la torture
Observations finales concernant le troisième rapport périodique de la Muranie*
1. Le Comité a examiné le troisième rapport périodique de la Muranie à ses 1900e et 1903e séances.
A. Introduction
2. Le Comité accueille avec satisfaction le rapport.
B. Aspects positifs
3. Le Comité se félicite que l’État partie ait ratifié la Convention.
C. Principaux sujets de préoccupation et recommandations
Définition de la torture
4. Le Comité constate avec préoccupation que le Code pénal ne contient pas de définition de la torture (art. 1er et 4).
5. L’État partie devrait :
a) Réviser son Code pénal ;
b) Veiller à ce que les actes de torture soient passibles de peines appropriées.
Conditions de détention
6. Le Comité est préoccupé par la surpopulation. L’État partie devrait construire des prisons et recourir à des mesures de substitution à la détention.
Procédure de suivi
7. Le Comité demande à l’État partie de lui faire parvenir, le 3 décembre 2024 au plus tard, des renseignements sur la suite qu’il aura donnée à ses recommandations concernant la définition de la torture (voir par. 5 a) et 6 ci-dessus).
Autres questions
8. Le Comité invite l’État partie à soumettre son prochain rapport périodique, qui sera le quatrième, d’ici au 3 décembre 2027.
"""

CIVIL_RIGHTS_ES = """\
CCPR/C/XMU/CO/4
Comité de Derechos Humanos
Observaciones finales sobre el cuarto informe periódico de Murania*
1. El Comité examinó el cuarto informe periódico.
B. Aspectos positivos
2. El Comité celebra la aprobación de las siguientes medidas legislativas:
a) La Ley núm. 3, de 2019;
b) La Ley núm. 5, de 2020.
C. Principales motivos de preocupación y recomendaciones
Pena de muerte
3. Preocupa al Comité que no se haya abolido la pena de muerte (art. 6).
4. El Estado parte debe:
a) Abolir la pena de muerte;
b) Conmutar las condenas.
Tortura
5. Al Comité le inquietan las denuncias de tortura (art. 7).
6. El Estado parte debe investigar todas las denuncias.
D. Difusión y seguimiento
7. De conformidad con el artículo 75, párrafo 1, del reglamento del Comité, se pide al Estado parte que facilite, a más tardar el 28 de julio de 2026, información sobre la aplicación de las recomendaciones formuladas en los párrafos 4 (pena de muerte) y 6 (tortura) supra.
"""
