"""Addenda with the positions of Murania on the recommendations of its UPR report, in the manner of each language."""

# paragraph: position, partly
EXPECTED = {
    **dict.fromkeys(["86.1", "86.3", "86.4", "86.5", "86.9"], ("supported", False)),
    "86.2": ("supported", True),
    "86.6": ("supported", True),
    "86.7": ("noted", False),
    "86.8": ("noted", False),
}

TEXTS = {
    "es": """\
Adición

Opiniones sobre las conclusiones y/o recomendaciones

1. Murania acepta las recomendaciones 86.1, 86.3 a 86.5 y 86.9.

2. Murania acepta parcialmente las recomendaciones 86.2 y 86.6. La ley está en revisión.

3. Murania toma nota de la recomendación 86.7. La pena de muerte no se aplica desde 1998.

Recomendaciones que no cuentan con el apoyo de Murania

86.8 No se puede aceptar. Se está estudiando el Pacto.
""",
    "fr": """\
Additif

1. La Muranie accepte les recommandations 86.1, 86.3 à 86.5 et 86.9.

2. La Muranie accepte partiellement les recommandations 86.2 et 86.6. La loi est en cours de révision.

3. La Muranie prend note de la recommandation 86.7. La peine de mort n’est plus appliquée depuis 1998.

Recommandations qui n’ont pas recueilli l’adhésion de la Muranie

86.8 Le Pacte est à l’étude.
""",
    "ru": """\
Добавление

1. Мурания поддерживает рекомендации 86.1, 86.3–86.5 и 86.9.

2. Мурания частично поддерживает рекомендации 86.2 и 86.6. Закон пересматривается.

3. Мурания принимает к сведению рекомендацию 86.7. Смертная казнь не применяется с 1998 года.

Рекомендации, которые не получили поддержки Мурании

86.8 Пакт изучается.
""",
    "ar": """\
إضافة

١- تؤيد مورانيا التوصيات 86-1 و86-3 إلى 86-5 و86-9.

٢- تؤيد مورانيا جزئياً التوصيتين 86-2 و86-6. القانون قيد المراجعة.

٣- تحيط مورانيا علماً بالتوصية 86-7. لم تطبق عقوبة الإعدام منذ عام 1998.

التوصيات التي لم تحظ بتأييد مورانيا

٨٦-٨- يجري دراسة العهد.
""",
    "zh": """\
增编

1. 穆拉尼亚支持建议86.1、86.3至86.5和86.9。

2. 穆拉尼亚部分支持建议86.2和86.6。法律正在修订。

3. 穆拉尼亚注意到建议86.7。自1998年以来未执行死刑。

不支持的建议

86.8. 正在研究《公约》。
""",
}

ENGLISH = """\
A/HRC/25/9/Add.1

Human Rights Council

Report of the Working Group on the Universal Periodic Review*

Murania

Addendum

Views on conclusions and/or recommendations, voluntary commitments and replies presented by the State under review

1. Murania welcomes the 120 recommendations made during its review on 30 January 2014.

2. Murania supports recommendations 86.1, 86.3–86.5 and 86.9.

3. Recommendations 86.2 and 86.6 are partially supported. The law on assemblies is under revision.

Recommendations that do not enjoy the support of Murania

4. Recommendation 86.7: The death penalty has not been applied since 1998. Its abolition needs a referendum.

86.8 Murania is not in a position to accept this recommendation. The Covenant is being studied.

5. Murania takes note of recommendations 86.10 to 86.12.

Recommendations that enjoy the support of Murania

86.13, 86.14, 86.15

Recommendation 86.16 (Chile): Accepted.

The bill was tabled in May.
"""
