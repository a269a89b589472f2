"""The catalogue of findings: every code a document can carry, with its severity and what it means."""

from typing import NamedTuple

from schemas.contract import Severity


class CatalogueEntry(NamedTuple):
    """Severity of a code and, in Russian, what it means."""

    severity: Severity
    meaning: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CATALOGUE: dict[str, CatalogueEntry] = {
    # reading
    "tracked_changes": CatalogueEntry(_W, "в файле есть исправления: вставки приняты, удалённое отброшено"),
    "picture_missing": CatalogueEntry(_I, "в файле не хватает рисунка"),
    "file_mended": CatalogueEntry(_W, "файл повреждён и прочитан после восстановления: часть текста могла пропасть"),
    "page_needs_recognition": CatalogueEntry(_E, "страница без текста или с ложным текстовым слоем: нужно распознавание"),
    "text_layer_suspect": CatalogueEntry(_W, "текстовый слой страницы местами испорчен"),
    "row_joined": CatalogueEntry(_I, "строка таблицы разорвана концом страницы и соединена"),
    "row_join_doubtful": CatalogueEntry(_W, "неясно, продолжает ли строка строку прошлой страницы"),
    "weak_words": CatalogueEntry(_W, "слова распознаны неуверенно"),
    "repaired_name": CatalogueEntry(_I, "в имени исправлены похожие буквы"),
    "settled_reading": CatalogueEntry(_W, "слово распознано неуверенно и прочитано по другому месту документа"),
    "hidden_text": CatalogueEntry(_I, "в файле есть невидимый текст"),
    "picture_page": CatalogueEntry(_W, "в файле Word есть рисунок во всю страницу: текст на нём не прочитан"),
    "embedded_document": CatalogueEntry(_W, "в файл вложен другой документ: его текст не прочитан"),
    "control_characters": CatalogueEntry(_I, "из текста убраны недопустимые символы"),
    # head
    "not_an_order": CatalogueEntry(_W, "документ не похож на приказ, дорожную карту или план"),
    "several_orders": CatalogueEntry(_W, "в файле несколько приказов: прочитан первый"),
    "number_missing": CatalogueEntry(_W, "номер приказа не найден"),
    "date_missing": CatalogueEntry(_W, "дата приказа не найдена"),
    "date_incomplete": CatalogueEntry(_W, "дата проставлена не полностью"),
    "date_impossible": CatalogueEntry(_W, "такой даты нет в календаре"),
    "title_missing": CatalogueEntry(_W, "заголовок не найден"),
    "annex_act_differs": CatalogueEntry(_W, "приложение ссылается на другой приказ"),
    "annex_missing": CatalogueEntry(_W, "приложение названо в тексте, но его нет в файле"),
    "plan_empty": CatalogueEntry(_W, "в плане не найдено ни одного мероприятия"),
    # points
    "point_misnumbered": CatalogueEntry(_W, "номер пункта не подходит к его месту"),
    "point_number_repeated": CatalogueEntry(_W, "номер пункта повторяется"),
    # tables
    "columns_unclear": CatalogueEntry(_W, "не ясно, что значит столбец таблицы"),
    "lists_do_not_match": CatalogueEntry(_W, "в ячейках строки разное число пунктов"),
    "activity_number_repeated": CatalogueEntry(_I, "номер мероприятия повторяется в разделе"),
    "deadline_missing": CatalogueEntry(_I, "у мероприятия нет срока"),
    "responsible_missing": CatalogueEntry(_I, "у мероприятия нет ответственного"),
    "value_not_a_number": CatalogueEntry(_W, "значение показателя не число"),
    # deadlines
    "deadline_unparsed": CatalogueEntry(_W, "срок не разобран"),
    "deadline_impossible": CatalogueEntry(_W, "в сроке невозможная дата"),
    "deadline_outside_period": CatalogueEntry(_W, "срок вне периода дорожной карты"),
    "deadline_clipped": CatalogueEntry(_W, "срок обрезан по периоду дорожной карты"),
    "deadline_imprecise": CatalogueEntry(_I, "срок указан приблизительно («начало месяца», «полугодие учебного года»)"),
    "deadline_ambiguous": CatalogueEntry(_W, "срок можно прочитать по-разному"),
    "value_repeated": CatalogueEntry(_I, "в ячейке знак повтора: взято значение строки выше"),
    # parties
    "party_ambiguous": CatalogueEntry(_W, "ответственного можно прочитать по-разному"),
    "party_unparsed": CatalogueEntry(_W, "ответственный не разобран"),
    "name_case_unsure": CatalogueEntry(_I, "именительный падеж фамилии восстановлен неуверенно"),
    "same_surname": CatalogueEntry(_W, "одна фамилия с разными инициалами: два человека или описка"),
    "abbreviation_unknown": CatalogueEntry(_I, "сокращение нигде не раскрыто"),
    "school_unparsed": CatalogueEntry(_W, "школа в схеме закрепления не разобрана"),
    # the whole
    "correction_stale": CatalogueEntry(_W, "значение под правкой человека изменилось"),
    "correction_lost": CatalogueEntry(_W, "записи, которую исправил человек, больше нет"),
    "same_number_other_text": CatalogueEntry(_W, "другой документ с тем же номером и датой, но другим текстом"),
    "text_unplaced": CatalogueEntry(_W, "текст не попал ни в одну запись"),
}
"""Code → severity and meaning. Codes are stable: other tools filter by them."""
