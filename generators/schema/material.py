"""Owns the record of a learning material: its form, its length, whom it is for and how it can be read or heard."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generators.schema.document import Source
from generators.schema.scalars import HttpsUrl, Id, Record, Words

# The five forms that the plan of Vĩnh Linh names (part IV.3): "văn bản, hình ảnh, âm thanh, video, bài trình chiếu".
MaterialForm = Literal["text", "picture", "audio", "video", "slides"]
# Not "yes" and "no": YAML takes those for something else, so that they would have to be quoted.
Presence = Literal["there", "missing", "unknown"]

FORMS: tuple[MaterialForm, ...] = ("text", "picture", "audio", "video", "slides")


class Material(Record):
    """One material, or one row of lessons on the same subject, at its official place."""

    id: Id = Field(description="Mã của tài liệu.")
    title: Words = Field(description="Học về điều gì.")
    helps: Words = Field(description="Một câu: học xong làm được gì.")
    forms: tuple[MaterialForm, ...] = Field((), description="text, picture, audio, video, slides. Chưa rõ thì để [].")
    format: Words | None = Field(None, description="Định dạng tệp hoặc nơi xem. Chưa rõ thì để trống.")
    length: Words | None = Field(None, description="Thời lượng. Chưa rõ thì để trống.")
    groups: tuple[Id, ...] = Field((), description="Nhóm người mà tài liệu nhắm tới. Chưa rõ thì để [].")
    where: HttpsUrl = Field(description="Xem ở đâu; chỉ tên miền chính thức.")
    how: Words | None = Field(None, description="Cách vào, ví dụ: đăng nhập bằng VNeID.")
    transcript: Presence = Field(
        "unknown", description="Bản chữ của phần nghe: there (có), missing (không có), unknown (chưa rõ)."
    )
    captions: Presence = Field(
        "unknown", description="Phụ đề của video: there (có), missing (không có), unknown (chưa rõ)."
    )
    sources: tuple[Source, ...] = Field(min_length=1, description="Nơi nói có tài liệu này.")
