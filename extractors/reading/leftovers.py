"""Files that Word and operating systems leave beside documents, told by their names."""

import re

_NAME = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|~WRL\d+\.tmp$|\.~lock\.)", re.IGNORECASE)
"""«~$приказ.docx» beside an open «приказ.docx», «._приказ.docx» of a Mac, «.~lock.приказ.odt#» of LibreOffice."""


def is_leftover(name: str) -> bool:
    """Whether a file of this name (or path, with forward slashes) is made by a program for itself."""
    return _NAME.search(name) is not None
