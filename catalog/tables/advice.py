"""What to do about each error that Frictionless reports, in one plain sentence per interface language."""

_ADVICE: dict[str, tuple[str, str, str]] = {  # code of Frictionless: kk, ru, en
    "type-error": (
        "Ұяшықты бағанның түріне сай мәнмен ауыстырыңыз (мысалы, сан бағанына тек сан) немесе схемадағы түрді түзетіңіз.",
        "Замените значение на подходящее типу столбца (в числовом столбце только число) или исправьте тип в схеме.",
        "Replace the value by one of the column's type (only numbers in a number column), or correct the type in the schema.",
    ),
    "constraint-error": (
        "Мәнді схемадағы шектеуге (ең азы, ең көбі, үлгі, тізім) сай түзетіңіз немесе шектеуді өзгертіңіз.",
        "Исправьте значение по ограничению схемы (минимум, максимум, шаблон, список) или измените ограничение.",
        "Correct the value so that it keeps the rule of the schema (minimum, maximum, pattern, list), or change the rule.",
    ),
    "unique-error": (
        "Бұл бағанда мәндер қайталанбауы тиіс: қайталанған жолды алып тастаңыз немесе мәнін түзетіңіз.",
        "В этом столбце значения не должны повторяться: удалите лишнюю строку или исправьте значение.",
        "Values of this column must not repeat: remove the repeated row or correct its value.",
    ),
    "primary-key": (
        "Жолдың кілті бос болмауы және қайталанбауы тиіс: кілт бағандарын толтырып, қайталанған жолдарды алып тастаңыз.",
        "Ключ строки должен быть заполнен и не повторяться: заполните ключевые столбцы и удалите повторы.",
        "The key of a row must be filled and must not repeat: fill the key columns and remove repeated rows.",
    ),
    "foreign-key": (
        "Мән сілтеме жасалған кестеде жоқ: мәнді түзетіңіз немесе сол кестеге жол қосыңыз.",
        "Такого значения нет в таблице, на которую дана ссылка: исправьте его или добавьте туда строку.",
        "The value is missing in the table it refers to: correct it, or add the row there.",
    ),
    "missing-cell": (
        "Жолда ұяшық жетіспейді: барлық бағанды толтырыңыз; ескертпелер мен қорытындыларды кестеден бөлек қойыңыз.",
        "В строке не хватает ячеек: дополните её до всех столбцов; примечания и итоги вынесите из таблицы.",
        "The row has too few cells: give it one for every column, and move footnotes and totals out of the table.",
    ),
    "extra-cell": (
        "Жолда артық ұяшық бар: артық бөлгішті алып тастаңыз немесе бөлгіші бар мәнді тырнақшаға алыңыз.",
        "В строке лишние ячейки: уберите лишний разделитель или возьмите значение с разделителем в кавычки.",
        "The row has too many cells: remove the extra delimiter, or put the value that contains it in quotes.",
    ),
    "blank-row": (
        "Бос жолды алып тастаңыз.",
        "Удалите пустую строку.",
        "Remove the empty row.",
    ),
    "row-constraint": (
        "Жолды белгіленген ережеге сай түзетіңіз.",
        "Исправьте строку так, чтобы она отвечала заданному правилу.",
        "Correct the row so that it keeps the rule set for rows.",
    ),
    "duplicate-row": (
        "Қайталанған жолды алып тастаңыз.",
        "Удалите повторяющуюся строку.",
        "Remove the repeated row.",
    ),
    "blank-label": (
        "Бағанға атау беріңіз: тақырып жолында бос ұяшық болмауы тиіс.",
        "Дайте столбцу название: в строке заголовков не должно быть пустых ячеек.",
        "Give the column a name: the header row must have no empty cell.",
    ),
    "duplicate-label": (
        "Екі бағанның атауы бірдей: біреуін өзгертіңіз.",
        "У двух столбцов одно название: переименуйте один из них.",
        "Two columns have the same name: rename one of them.",
    ),
    "blank-header": (
        "Бірінші жолға бағандардың атауларын жазыңыз.",
        "Запишите в первой строке названия столбцов.",
        "Write the names of the columns in the first row.",
    ),
    "incorrect-label": (
        "Баған атауы схемадағыдай емес (бас және кіші әріп те маңызды): файлда немесе схемада түзетіңіз.",
        "Название столбца не такое, как в схеме (регистр букв тоже важен): исправьте его в файле или в схеме.",
        "The name of the column differs from the schema (capital letters count): correct it in the file or in the schema.",
    ),
    "missing-label": (
        "Схемада бар баған файлда жоқ: оны қосыңыз немесе схемадан алып тастаңыз.",
        "В файле нет столбца, который есть в схеме: добавьте его или уберите из схемы.",
        "A column of the schema is missing in the file: add it, or take it out of the schema.",
    ),
    "extra-label": (
        "Файлда схемада жоқ баған бар: оны схемаға қосыңыз немесе файлдан алып тастаңыз.",
        "В файле есть столбец, которого нет в схеме: добавьте его в схему или уберите из файла.",
        "The file has a column that the schema does not know: add it to the schema, or remove it from the file.",
    ),
    "encoding-error": (
        "Файлды UTF-8 кодтауында қайта сақтаңыз.",
        "Сохраните файл заново в кодировке UTF-8.",
        "Save the file again in the encoding UTF-8.",
    ),
    "source-error": (
        "Файлда оқылатын кесте жоқ: оны тақырып жолы бар CSV ретінде қайта сақтаңыз.",
        "В файле нет таблицы, которую можно прочесть: сохраните его как CSV со строкой заголовков.",
        "The file holds no table that can be read: save it again as CSV with a header row.",
    ),
    "schema-error": (
        "Кесте схемасы дұрыс емес: оны Table Schema стандартына сай түзетіңіз.",
        "Схема таблицы составлена неверно: исправьте её по стандарту Table Schema.",
        "The table schema itself is wrong: correct it by the Table Schema standard.",
    ),
    "hash-count": (
        "Файл жарияланған бақылау сомасына сай емес: файлды қайта жүктеңіз немесе соманы жаңартыңыз.",
        "Файл не совпадает с объявленной контрольной суммой: выложите файл заново или обновите сумму.",
        "The file differs from its declared checksum: publish the file again or update the checksum.",
    ),
    "byte-count": (
        "Файлдың көлемі жарияланғаннан өзге: файлды қайта жүктеңіз немесе көлемін жаңартыңыз.",
        "Размер файла не такой, как объявлено: выложите файл заново или обновите размер.",
        "The size of the file differs from the declared one: publish the file again or update the size.",
    ),
    "row-count": (
        "Жолдар саны жарияланғаннан өзге: жетіспейтін жолдарды қосыңыз немесе санын жаңартыңыз.",
        "Число строк не такое, как объявлено: добавьте недостающие строки или обновите число.",
        "The number of rows differs from the declared one: add the missing rows or update the number.",
    ),
    "field-count": (
        "Бағандар саны жарияланғаннан өзге: файлды немесе сипаттамасын түзетіңіз.",
        "Число столбцов не такое, как объявлено: исправьте файл или его описание.",
        "The number of columns differs from the declared one: correct the file or its description.",
    ),
}
_OTHER = (
    "Көрсетілген орынды түзетіп, файлды қайта жариялаңыз.",
    "Исправьте указанное место и опубликуйте файл заново.",
    "Correct the place shown and publish the file again.",
)
_LANGUAGES = ("kk", "ru", "en")


def advice(code: str, language: str) -> str:
    """Return what to do about an error of this code (`type-error`, …); English where the language is not kk, ru or en."""
    texts = _ADVICE.get(code, _OTHER)
    return texts[_LANGUAGES.index(language)] if language in _LANGUAGES else texts[-1]
