"""Editable files: the words of the printed paper, text as text, nothing that looks issued."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pypdf
import pytest
from docx.document import Document

from documents.editable import BLANK, editable, made
from documents.paperwork.layout import style
from documents.press.client import Press
from documents.sheets import Sheet
from tests.golden.papers import ru as golden_ru if False else None
