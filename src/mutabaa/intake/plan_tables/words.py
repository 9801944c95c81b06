"""How tables of plans name their columns and values, in six languages. Pure."""

import re

from mutabaa.intake.tables.mapping import Mapping, fold_name

# Beside each field: what its column is called. The longest names first win.
GUESSES: dict[str, list[str]] = {
    "outcome": ["desired outcome", "expected outcome", "outcome", "strategic objective", "specific objective", "objective", "goal", "expected result", "resultat attendu", "resultat escompte", "objectif specifique", "objectif", "effet souhaite", "resultado esperado", "resultado deseado", "objetivo especifico", "objetivo", "ожидаемый результат", "желаемый результат", "цель", "النتيجة المرجوة", "النتيجة المتوقعة", "الهدف", "الأهداف", "النتيجة", "预期成果", "预期结果", "目标成果", "成果"],
    "theme": ["thematic area", "theme", "cluster", "area", "subject", "axe", "thematique", "domaine", "theme prioritaire", "eje", "ambito", "tema", "area tematica", "тема", "тематическое направление", "кластер", "المحور", "المجال", "الموضوع", "专题", "主题", "领域"],
    "target": ["target", "targets", "cible", "valeur cible", "meta", "metas", "целевой показатель", "целевое значение", "الغاية", "المستهدف", "القيمة المستهدفة", "具体目标", "指标值", "目标值"],
    "title": ["measure", "measures", "action", "actions", "activity", "activities", "intervention", "mesure", "mesures", "activite", "activites", "medida", "medidas", "accion", "acciones", "actividad", "actividades", "мера", "меры", "мероприятие", "мероприятия", "действие", "التدبير", "التدابير", "الإجراء", "الإجراءات", "النشاط", "الأنشطة", "措施", "活动", "行动"],
    "type": ["type of measure", "type", "type de mesure", "tipo de medida", "tipo", "вид меры", "тип", "نوع التدبير", "نوع الإجراء", "النوع", "措施类型", "类型"],
    "lead": ["lead institution", "responsible institution", "lead agency", "lead", "responsible entity", "responsible authority", "responsible", "institution responsable", "chef de file", "responsable", "structure responsable", "institucion responsable", "entidad responsable", "ответственное ведомство", "ответственный орган", "ответственный исполнитель", "ответственный", "ответственные", "الجهة المسؤولة", "الجهة الرئيسية", "الجهة المنفذة", "المسؤولية", "牵头单位", "负责单位", "主管机构", "责任单位"],
    "partners": ["partner institutions", "partners", "supporting institutions", "implementing partners", "other institutions", "partenaires", "institutions partenaires", "instituciones asociadas", "socios", "entidades participantes", "партнеры", "соисполнители", "участвующие ведомства", "الشركاء", "الجهات الشريكة", "الجهات المساندة", "الجهات الداعمة", "合作单位", "伙伴", "配合单位"],
    "stakeholders": ["stakeholders involved", "stakeholders", "parties prenantes", "partes interesadas", "заинтересованные стороны", "أصحاب المصلحة", "利益攸关方", "利益相关方"],
    "period": ["timeframe", "time frame", "timeline", "period", "schedule", "echeancier", "calendrier", "periode", "plazo", "cronograma", "periodo", "срок реализации", "сроки", "период", "الإطار الزمني", "الفترة الزمنية", "المدة", "时间框架", "时间表", "期限"],
    "start": ["start date", "start", "begin", "begins on", "date de debut", "debut", "fecha de inicio", "inicio", "дата начала", "начало", "تاريخ البدء", "البداية", "开始日期", "开始时间", "开始"],
    "due": ["due date", "deadline", "end date", "due", "end", "completion date", "date limite", "date d echeance", "echeance", "date de fin", "fin", "fecha limite", "fecha de finalizacion", "vencimiento", "срок исполнения", "срок", "дата окончания", "окончание", "تاريخ الانتهاء", "الموعد النهائي", "موعد الإنجاز", "النهاية", "完成日期", "截止日期", "完成时限", "结束"],
    "budget": ["budget amount", "estimated budget", "estimated cost", "budget", "cost", "amount", "budget estimatif", "cout estime", "cout", "montant", "presupuesto estimado", "presupuesto", "costo", "monto", "объем финансирования", "бюджет", "стоимость", "сумма", "الميزانية التقديرية", "الميزانية", "التكلفة", "المبلغ", "预算金额", "预算", "费用", "金额"],
    "currency": ["currency", "devise", "monnaie", "moneda", "divisa", "валюта", "العملة", "货币", "币种"],
    "source": ["source of funding", "funding source", "source of funds", "source", "source de financement", "fuente de financiamiento", "fuente de financiacion", "fuente", "источник финансирования", "источник", "مصدر التمويل", "المصدر", "资金来源", "来源"],
    "year": ["budget year", "year", "annee budgetaire", "annee", "ano", "год", "السنة", "年份", "年度"],
    "funding": ["funded", "funding status", "finance", "financement acquis", "financiado", "финансируется", "ممول", "حالة التمويل", "是否有资金"],
    "indicator": ["indicator", "indicators", "performance indicator", "indicateur", "indicateurs", "indicador", "indicadores", "индикатор", "показатель", "показатели", "المؤشر", "المؤشرات", "مؤشر", "指标"],
    "gender_marker": ["gender marker", "marqueur genre", "marqueur de genre", "marcador de genero", "гендерный маркер", "مؤشر النوع الاجتماعي", "مؤشر المساواة بين الجنسين", "性别标识"],
    "gender_analysis": ["gender analysis", "analyse de genre", "analisis de genero", "гендерный анализ", "تحليل النوع الاجتماعي", "性别分析"],
    "beneficiaries": ["beneficiaries", "target group", "target groups", "beneficiaires", "beneficiarios", "бенефициары", "المستفيدون", "الفئات المستهدفة", "受益者", "受益人"],
    "execution": ["status of implementation", "implementation status", "status", "progress status", "etat d avancement", "statut", "etat", "estado de ejecucion", "estado", "статус", "состояние", "حالة التنفيذ", "الحالة", "执行情况", "状态", "执行状态"],
    "progress": ["progress", "progress made", "comments", "remarks", "progres", "progres accomplis", "observations", "avances", "avance", "observaciones", "ход выполнения", "прогресс", "примечания", "التقدم المحرز", "التقدم", "ملاحظات", "进展", "进展情况", "备注"],
    "references": ["recommendations served", "recommendation references", "recommendation", "recommendations", "reference", "references", "mechanism and paragraph", "source recommendation", "recommandation", "recommandations", "recomendacion", "recomendaciones", "рекомендация", "рекомендации", "ссылки на рекомендации", "التوصية", "التوصيات", "مرجع التوصية", "建议", "建议编号", "相关建议"],
}  # fmt: skip
FIELDS = [
    "theme", "outcome", "target", "title", "type", "lead", "partners", "stakeholders", "period", "start", "due", "budget", "currency", "year", "source",
    "funding", "indicator", "beneficiaries", "gender_marker", "gender_analysis", "execution", "progress", "references",
]  # fmt: skip
GROUPED = {"theme", "outcome", "target"}  # an empty cell means: as above
NEEDED = {"outcome", "title", "lead", "references"}

_TYPES = {
    "law": "law legislation legislative loi legislacion legislativa ley закон законодательство законодательная قانون تشريع تشريعي 法律 立法",
    "policy": "policy strategy politique strategie politica estrategia политика стратегия سياسة استراتيجية 政策 战略",
    "institution": "institution institutional institutionnelle institutionnel institucion institucional институциональная учреждение مؤسسة مؤسسي 机构 体制",
    "service": "service services servicio servicios услуга услуги خدمة خدمات 服务",
    "budget": "budget budgetary budgetaire presupuesto presupuestaria бюджет бюджетная ميزانية 预算",
    "training": "training capacity_building formation renforcement_des_capacites formacion capacitacion обучение подготовка_кадров تدريب بناء_القدرات 培训 能力建设",
    "awareness": "awareness awareness_raising sensibilisation sensibilizacion concienciacion просвещение повышение_осведомленности توعية 宣传 提高认识",
    "data": "data statistics research donnees statistiques datos estadisticas данные статистика بيانات إحصاءات 数据 统计",
    "remedy": "remedy redress remedies recours reparation recurso reparacion средство_правовой_защиты возмещение انتصاف جبر 补救 救济",
    "ratification": "ratification accession adhesion ratificacion adhesion ратификация присоединение تصديق انضمام 批准 加入",
}
_EXECUTION = {
    "not_started": "not_started not_yet_started non_commence pas_commence no_iniciada no_iniciado sin_iniciar не_начато لم_يبدأ 未开始",
    "planned": "planned prevu prevue planifie prevista planificada запланировано مقرر مخطط 已计划 计划中",
    "under_way": "under_way underway in_progress ongoing started en_cours commence en_curso en_proceso iniciada ведется в_процессе выполняется جار جار_التنفيذ قيد_التنفيذ 进行中 正在进行",
    "completed": "completed complete done implemented finished acheve achevee realise realisee termine completada concluida realizada cumplida выполнено завершено منجز مكتمل نفذ 已完成 完成",
    "delayed": "delayed late behind_schedule en_retard retarde retrasada atrasada задержка отстает متأخر 延迟 推迟",
    "suspended": "suspended on_hold suspendu suspendue suspendida приостановлено معلق موقوف 暂停 中止",
    "cancelled": "cancelled canceled abandoned annule annulee abandonne cancelada отменено ملغى ألغي 取消",
}
_SOURCES = {
    "state": "state_budget state national_budget government budget_de_l_etat etat presupuesto_del_estado presupuesto_nacional государственный_бюджет госбюджет ميزانية_الدولة الدولة 国家预算 政府预算 财政",
    "local": "local_budget municipality municipal budget_local collectivites presupuesto_local municipalidad местный_бюджет الميزانية_المحلية البلديات 地方预算",
    "grant": "grant grants donor donors don subvention bailleurs donacion subvencion donantes грант доноры منحة المانحون 赠款 捐助方",
    "loan": "loan pret prestamo заем кредит قرض 贷款",
    "un": "un united_nations undp unicef ohchr unfpa un_women nations_unies onu naciones_unidas pnud оон организация_объединенных_наций проон الأمم_المتحدة 联合国",
    "civil_society": "civil_society ngo ngos societe_civile ong sociedad_civil гражданское_общество нпо المجتمع_المدني 民间社会",
    "private": "private_sector private secteur_prive sector_privado частный_сектор القطاع_الخاص 私营部门",
    "none": "none no_source aucune ninguna нет لا_يوجد 无",
}
_FUNDING = {
    "funded": "funded yes secured available finance oui acquis financiado si да обеспечено финансируется ممول نعم متوفر 是 已落实",
    "unfunded": "unfunded not_funded no gap missing non_finance non no_financiado no нет не_обеспечено غير_ممول لا 否 未落实",
}


def table_of(said: dict[str, str]) -> dict[str, str]:
    return {fold_name(word.replace("_", " ")): value for value, words in said.items() for word in words.split()}


VALUES = {
    "type": table_of(_TYPES),
    "execution": table_of(_EXECUTION),
    "source": table_of(_SOURCES),
    "funding": table_of(_FUNDING),
}


def coded(field: str, text: str) -> str:
    """Our value for a word of the table: the code itself, a known word, or a known word at its beginning; "" where there is none."""
    key = fold_name(text)
    known = VALUES[field]
    if key in known.values():
        return key
    if key.replace(" ", "_") in known.values():
        return key.replace(" ", "_")
    if key in known:
        return known[key]
    starts = [
        word
        for word in known
        if len(word) > 2 and (key.startswith(f"{word} ") or (word[0] > "\u2e80" and key.startswith(word)))
    ]
    return known[max(starts, key=len)] if starts else ""


_LABELS = {field: [fold_name(label) for label in labels] for field, labels in GUESSES.items()}


def guess(header: list[str]) -> Mapping:
    """A first mapping for a person to correct, by the names of the columns: whole names first, then names within names."""
    names = [fold_name(name) for name in header]
    taken: set[int] = set()
    columns: dict[str, list[str]] = {}
    for whole in (True, False):
        for field in FIELDS if whole else sorted(FIELDS, key=lambda f: -max(map(len, _LABELS[f]))):
            if field in columns:
                continue
            places = [
                (place, label)
                for label in _LABELS[field]
                for place, name in enumerate(names)
                if place not in taken and name and fits(name, label, whole)
            ]
            if places:
                place = max(places, key=lambda found: len(found[1]))[0]
                columns[field] = [header[place]]
                taken.add(place)
    return Mapping(columns=columns)


def fits(name: str, label: str, whole: bool) -> bool:
    if whole:
        return name == label
    if label[0] > "\u2e80":  # Chinese writes its words without spaces
        return label in name
    return len(label) > 3 and re.search(rf"(?:\A| ){re.escape(label)}(?: |\Z)", name) is not None


def known_columns(cells: list[str]) -> int:
    """How many cells are names of columns that tables of plans have: a header has several."""
    every = {label for labels in _LABELS.values() for label in labels}
    return sum(fold_name(cell) in every for cell in cells if cell)
