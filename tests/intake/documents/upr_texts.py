"""A UPR working-group report on Murania in the manner of each language, cut down to what matters: the groups, the States, the end."""

# paragraph, position, recommending States
EXPECTED = [
    ("86.1", "supported", ("CHL",)),
    ("86.2", "supported", ("CIV", "GBR", "IRN")),
    ("87.1", "supported", ("SYR",)),
    ("88.1", "pending", ("BOL", "VNM")),
    ("89.1", "noted", ("USA",)),
    ("89.2", "noted", ("PRK", "MKD")),
]

TEXTS = {
    "en": """\
A/HRC/25/9
Human Rights Council
Twenty-fifth session
Universal periodic review

Report of the Working Group on the Universal Periodic Review

Murania

1. The Working Group on the Universal Periodic Review held its eighteenth session (A/HRC/WG.6/18/XMU/1).

II. Conclusions and/or recommendations

86. The recommendations formulated during the interactive dialogue and listed below have been examined by Murania and enjoy the support of Murania:

86.1. Ratify the Optional Protocol to the Convention against Torture (Chile);

86.2. Continue efforts (in rural areas) to end child marriage (Côte d’Ivoire, United Kingdom of Great Britain and Northern Ireland and Iran (Islamic Republic of));

87. The following recommendations enjoy the support of Murania, which considers that they are already implemented or in the process of implementation:

87.1. Adopt a law on access to information (Syrian Arab Republic);

88. The following recommendations will be examined by Murania, which will provide responses in due time, but no later than the twenty-sixth session of the Human Rights Council:

88.1. Abolish the death penalty (Plurinational State of Bolivia) (Viet Nam);

89. The recommendations below did not enjoy the support of Murania and would thus be noted:

89.1. Issue a standing invitation (United States of America);

89.2. Review recommendations made by treaty bodies (Democratic People’s Republic of Korea, the former Yugoslav Republic of Macedonia).

90. All conclusions and/or recommendations contained in the present report reflect the position of the submitting State(s) and/or the State under review. They should not be construed as endorsed by the Working Group as a whole.

Annex

Composition of the delegation
""",
    "fr": """\
A/HRC/25/9
Conseil des droits de l’homme
Examen périodique universel

Rapport du Groupe de travail sur l’Examen périodique universel

Muranie

1. Le Groupe de travail a tenu sa dix-huitième session (A/HRC/WG.6/18/XMU/1).

II. Conclusions et/ou recommandations

86. Les recommandations formulées pendant le dialogue et énumérées ci-après ont été examinées par la Muranie et recueillent son adhésion :

86.1 Ratifier le Protocole facultatif se rapportant à la Convention contre la torture (Chili) ;

86.2 Poursuivre l’action menée (en milieu rural) pour mettre fin aux mariages d’enfants (Côte d’Ivoire, Royaume-Uni de Grande-Bretagne et d’Irlande du Nord et Iran (République islamique d’)) ;

87. Les recommandations ci-après recueillent l’adhésion de la Muranie, qui considère qu’elles ont déjà été mises en œuvre ou sont en cours d’application :

87.1 Adopter une loi sur l’accès à l’information (République arabe syrienne) ;

88. Les recommandations ci-après seront examinées par la Muranie, qui donnera ses réponses en temps voulu, au plus tard à la vingt-sixième session du Conseil des droits de l’homme :

88.1 Abolir la peine de mort (État plurinational de Bolivie) (Viet Nam) ;

89. Les recommandations ci-après n’ont pas recueilli l’adhésion de la Muranie, qui en a donc pris note :

89.1 Adresser une invitation permanente (États-Unis d’Amérique) ;

89.2 Réexaminer les recommandations des organes conventionnels (République populaire démocratique de Corée, ex-République yougoslave de Macédoine).

90. Toutes les conclusions et/ou recommandations figurant dans le présent rapport reflètent la position de l’État ou des États dont elles émanent ou de l’État objet de l’examen. Elles ne sauraient être considérées comme ayant été approuvées par le Groupe de travail dans son ensemble.
""",
    "es": """\
A/HRC/25/9
Consejo de Derechos Humanos
Examen periódico universal

Informe del Grupo de Trabajo sobre el Examen Periódico Universal

Murania

1. El Grupo de Trabajo celebró su 18º período de sesiones (A/HRC/WG.6/18/XMU/1).

II. Conclusiones y/o recomendaciones

86. Las recomendaciones formuladas durante el diálogo interactivo que figuran a continuación han sido examinadas por Murania y cuentan con su apoyo:

86.1 Ratificar el Protocolo Facultativo de la Convención contra la Tortura (Chile);

86.2 Proseguir los esfuerzos (en las zonas rurales) para poner fin al matrimonio infantil (Côte d’Ivoire, Reino Unido de Gran Bretaña e Irlanda del Norte e Irán (República Islámica del));

87. Las recomendaciones que figuran a continuación cuentan con el apoyo de Murania, que considera que ya se han aplicado o están en vías de aplicación:

87.1 Aprobar una ley de acceso a la información (República Árabe Siria);

88. Murania examinará las siguientes recomendaciones y dará respuesta a su debido tiempo, a más tardar en el 26º período de sesiones del Consejo de Derechos Humanos:

88.1 Abolir la pena de muerte (Estado Plurinacional de Bolivia) (Viet Nam);

89. Las recomendaciones que figuran a continuación no cuentan con el apoyo de Murania, que ha tomado nota de ellas:

89.1 Cursar una invitación permanente (Estados Unidos de América);

89.2 Examinar las recomendaciones de los órganos de tratados (República Popular Democrática de Corea, ex República Yugoslava de Macedonia).

90. Todas las conclusiones y/o recomendaciones que figuran en el presente informe reflejan la posición de los Estados que las presentan y/o del Estado examinado. No debe entenderse que han recibido el respaldo del Grupo de Trabajo en su conjunto.
""",
    "ru": """\
A/HRC/25/9
Совет по правам человека
Универсальный периодический обзор

Доклад Рабочей группы по универсальному периодическому обзору

Мурания

1. Рабочая группа провела свою восемнадцатую сессию (A/HRC/WG.6/18/XMU/1).

II. Выводы и/или рекомендации

86. Нижеследующие рекомендации, сформулированные в ходе интерактивного диалога, были рассмотрены Муранией и пользуются ее поддержкой:

86.1 ратифицировать Факультативный протокол к Конвенции против пыток (Чили);

86.2 продолжать усилия (в сельских районах) с целью искоренения детских браков (Кот-д’Ивуар, Соединенное Королевство Великобритании и Северной Ирландии и Иран (Исламская Республика));

87. Нижеследующие рекомендации пользуются поддержкой Мурании, которая считает, что они уже выполнены или находятся в процессе выполнения:

87.1 принять закон о доступе к информации (Сирийская Арабская Республика);

88. Нижеследующие рекомендации будут рассмотрены Муранией, которая представит ответы в надлежащее время, но не позднее двадцать шестой сессии Совета по правам человека:

88.1 отменить смертную казнь (Многонациональное Государство Боливия) (Вьетнам);

89. Нижеследующие рекомендации не получили поддержки Мурании и были приняты к сведению:

89.1 направить постоянное приглашение (Соединенные Штаты Америки);

89.2 рассмотреть рекомендации договорных органов (Корейская Народно-Демократическая Республика, бывшая югославская Республика Македония).

90. Все выводы и/или рекомендации, содержащиеся в настоящем докладе, отражают позицию представляющих их государств и/или государства – объекта обзора. Их не следует рассматривать в качестве одобренных Рабочей группой в целом.
""",
    "ar": """\
A/HRC/25/9
مجلس حقوق الإنسان
الاستعراض الدوري الشامل

تقرير الفريق العامل المعني بالاستعراض الدوري الشامل

مورانيا

١- عقد الفريق العامل المعني بالاستعراض الدوري الشامل دورته الثامنة عشرة (A/HRC/WG.6/18/XMU/1).

ثانياً- الاستنتاجات و/أو التوصيات

٨٦- نظرت مورانيا في التوصيات التي قُدمت أثناء جلسة التحاور والواردة أدناه، وهي تحظى بتأييدها:

٨٦-١- التصديق على البروتوكول الاختياري لاتفاقية مناهضة التعذيب (شيلي)؛

٨٦-٢- مواصلة الجهود (في المناطق الريفية) لإنهاء زواج الأطفال (كوت ديفوار، والمملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية، وإيران (جمهورية - الإسلامية))؛

٨٧- تحظى التوصيات التالية بتأييد مورانيا التي ترى أنها نُفذت بالفعل أو أنها قيد التنفيذ:

٨٧-١- اعتماد قانون بشأن الحصول على المعلومات (الجمهورية العربية السورية)؛

٨٨- ستنظر مورانيا في التوصيات التالية وستقدم ردودها عليها في الوقت المناسب، على ألا يتجاوز ذلك موعد انعقاد الدورة السادسة والعشرين لمجلس حقوق الإنسان:

٨٨-١- إلغاء عقوبة الإعدام (دولة بوليفيا المتعددة القوميات) (فييت نام)؛

٨٩- لم تحظ التوصيات الواردة أدناه بتأييد مورانيا ومن ثم أحاطت بها علماً:

٨٩-١- توجيه دعوة دائمة (الولايات المتحدة الأمريكية)؛

٨٩-٢- النظر في توصيات هيئات المعاهدات (جمهورية كوريا الشعبية الديمقراطية، جمهورية مقدونيا اليوغوسلافية سابقاً).

٩٠- وتعبر جميع الاستنتاجات و/أو التوصيات الواردة في هذا التقرير عن موقف الدولة (الدول) المقدمة لها و/أو الدولة موضوع الاستعراض. ولا ينبغي أن يُفهم أنها تحظى بتأييد الفريق العامل بكامله.
""",
    "zh": """\
A/HRC/25/9
人权理事会
普遍定期审议

普遍定期审议工作组报告

穆拉尼亚

1. 普遍定期审议工作组举行了第十八届会议(A/HRC/WG.6/18/XMU/1)。

二、结论和/或建议

86. 穆拉尼亚审查了互动对话期间提出的下列建议，这些建议得到穆拉尼亚的支持：

86.1. 批准《禁止酷刑公约任择议定书》(智利)；

86.2. 继续努力(在农村地区)终止童婚(科特迪瓦、大不列颠及北爱尔兰联合王国、伊朗(伊斯兰共和国))；

87. 下列建议得到穆拉尼亚的支持，穆拉尼亚认为这些建议已经落实或正在落实：

87.1. 通过获取信息法(阿拉伯叙利亚共和国)；

88. 穆拉尼亚将审议下列建议，并将适时作出答复，但不迟于人权理事会第二十六届会议：

88.1. 废除死刑(多民族玻利维亚国)(越南)；

89. 下列建议未得到穆拉尼亚的支持，因此予以注意：

89.1. 发出长期有效邀请(美利坚合众国)；

89.2. 审查条约机构的建议(朝鲜民主主义人民共和国、前南斯拉夫的马其顿共和国)。

90. 本报告所载的所有结论和/或建议反映提出建议的国家和/或受审议国的立场，不应被理解为得到整个工作组的赞同。
""",
}
