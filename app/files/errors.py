"""Why a file from outside is not taken, in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

FILE_TOO_LARGE = N_("The file is larger than {megabytes} MB. Make it smaller or split it.")
TOO_MANY_FILES_AT_ONCE = N_("Many files are being checked just now. Try again in a minute.")
FILE_PROBLEMS: Mapping[str, str] = {
    "empty": N_("The file is empty."),
    "wrong_type": N_("Only JPEG, PNG and WEBP pictures and PDF documents can be taken."),
    "phone_format": N_(
        "This is your phone’s own picture format. Save the picture as JPEG and choose it again."
    ),
    "too_many_pixels": N_("The picture has more than 25 million points. Make it smaller."),
    "broken": N_("The file is damaged and can’t be opened. Make it anew and choose it again."),
    "encrypted": N_("The PDF is locked with a password. Save it without one."),
    "active_content": N_(
        "The PDF holds scripts, forms that send data, or attached files. Print it to a new PDF."
    ),
    "too_many_pages": N_("The PDF has more than 300 pages. Split it."),
    "too_heavy": N_("The file takes too much to open. Make it smaller or simpler."),
}
