"""Other kinds of document on Murania, cut down to what matters."""

LIST_OF_ISSUES = """\
CCPR/C/XMU/QPR/4
International Covenant on Civil and Political Rights
Distr.: General
3 August 2022

Human Rights Committee

List of issues prior to submission of the fourth periodic report of Murania*

A. General information on the national human rights situation

1. Please report on any significant developments in the legal framework.

B. Specific information on the implementation of articles 1 to 27

Constitutional and legal framework within which the Covenant is implemented (art. 2)

2. With reference to the previous concluding observations (paras. 6 and 7), please indicate:

(a) Whether the Covenant prevails over domestic law;

(b) How judges are trained.

Non-discrimination (arts. 2 and 26)

3. Please provide information on the anti-discrimination bill. Please explain its scope.
"""

VISIT = """\
A/HRC/50/30/Add.1

Human Rights Council
Fiftieth session
Agenda item 3

Visit to Murania

Report of the Special Rapporteur on adequate housing as a component of the right to an adequate standard of living

I. Introduction

1. The Special Rapporteur visited Murania from 2 to 12 May 2021.

II. Legal framework

2. The Constitution protects the right to housing. The Government should be commended.

VI. Conclusions and recommendations

3. The Special Rapporteur is concerned about forced evictions.

4. The Special Rapporteur recommends that the Government:

(a) Adopt a moratorium on forced evictions;

(b) Ratify the Optional Protocol to the International Covenant on Economic, Social and Cultural Rights.

A. Recommendations to the international community

5. Donors should support community-led housing.

B. Recommendations

6. The Special Rapporteur urges the United Nations country team to help, and the Government to pay.

7. The Government should invite civil society to the talks.
"""

JUDGMENT_ES = """\
CORTE INTERAMERICANA DE DERECHOS HUMANOS

CASO PÉREZ Y OTROS VS. MURANIA

SENTENCIA DE 24 DE NOVIEMBRE DE 2020

(Fondo, Reparaciones y Costas)

I. INTRODUCCIÓN DE LA CAUSA Y OBJETO DE LA CONTROVERSIA

1. El caso sometido a la Corte. El 3 de marzo de 2018 la Comisión sometió el caso.

2. El Estado debe garantizar los derechos.

XI. PUNTOS RESOLUTIVOS

250. Por tanto,

LA CORTE

DECIDE,

Por unanimidad,

1. Desestimar la excepción preliminar interpuesta por el Estado, en los términos de los párrafos 15 a 20 de la presente Sentencia.

DECLARA:

Por unanimidad, que:

2. El Estado es responsable por la violación del derecho a la vida, en perjuicio de Juan Pérez.

Y DISPONE:

Por unanimidad, que:

3. Esta Sentencia constituye, por sí misma, una forma de reparación.

4. El Estado debe, en un plazo de un año, concluir la investigación, en los términos del párrafo 210.

5. El Estado realizará las publicaciones indicadas en el párrafo 220 de esta Sentencia.

6. El Estado debe rendir al Tribunal un informe, dentro del plazo de un año, sobre las medidas adoptadas.

7. La Corte supervisará el cumplimiento íntegro de esta Sentencia.

Redactada en español en San José, Costa Rica, el 24 de noviembre de 2020.
"""

JUDGMENT_EN = """\
INTER-AMERICAN COURT OF HUMAN RIGHTS
CASE OF PÉREZ ET AL. v. MURANIA
JUDGMENT OF NOVEMBER 24, 2020
(Merits, reparations and costs)

XI
OPERATIVE PARAGRAPHS

250. Therefore,

THE COURT

DECIDES,

unanimously,

1. To dismiss the preliminary objection filed by the State, pursuant to paragraphs 15 to 20 of this judgment.

DECLARES,

unanimously, that:

2. The State is responsible for the violation of the right to life, to the detriment of Juan Pérez.

AND ORDERS:

unanimously, that:

3. This judgment constitutes, per se, a form of reparation.

4. The State shall, within one year, conclude the investigation, pursuant to paragraph 210.

5. The State shall provide the Court with a report, within one year, on the measures adopted.

6. The Court will monitor full compliance with this judgment.

Done at San José, Costa Rica, on November 24, 2020, in the Spanish language.
"""

COMMITTEE_OF_MINISTERS = """\
CM/Del/Dec(2022)1451/H46-20

MINISTERS’ DEPUTIES

Decisions

1451st meeting, 6-8 December 2022 (DH)

H46-20 Ilić group v. Murania (Application No. 12345/10)

Supervision of the execution of the European Court’s judgments

Decisions

The Deputies

1. recalled that these cases concern the excessive length of proceedings;

2. noted with satisfaction the adoption of the law of 3 May 2022;

3. urged the authorities to set up an effective remedy;

4. invited the authorities to provide information on all the above issues by 30 June 2023.
"""

PLEDGES = """\
A/78/104
General Assembly

Letter dated 3 May 2023 from the Permanent Representative of Murania to the United Nations addressed to the President of the General Assembly

Candidature of Murania to the Human Rights Council: voluntary pledges and commitments

1. Murania pledges to ratify the Optional Protocol.

2. Murania commits itself to:

(a) Cooperate with treaty bodies;

(b) Submit overdue reports.
"""
