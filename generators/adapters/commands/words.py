"""Owns the sentences that several commands say alike."""

from __future__ import annotations

from generators.problems import Language

NO_PROJECT: dict[Language, str] = {
    "vi": "Không thấy mkdocs.yml (với plugin campaign) trong {folder}. Hãy chạy lệnh trong thư mục của dự án.",
    "en": "There is no mkdocs.yml (with the plugin campaign) in {folder}. Run the command in the project folder.",
}
MACHINE_REFUSED: dict[Language, str] = {
    "vi": "Máy không cho làm việc này: {reason}",
    "en": "The machine refused: {reason}",
}
