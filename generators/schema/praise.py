"""Owns the record of praise: who did what well. A person is named only with a recorded consent.

The consent follows Luật 91/2025/QH15 on personal data: given freely, for a named purpose, and it can be withdrawn.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from generators.schema.document import Source
from generators.schema.scalars import Day, Id, Record, Text, Words

ConsentScope = Literal["name", "photo"]
_PHOTO = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(png|jpg)")


def read_photo(value: Any) -> str:
    """Gives the name of a picture file beside the record. Fails with ``news-image-name``."""
    text = value.strip() if isinstance(value, str) else ""
    if not _PHOTO.fullmatch(text):
        raise PydanticCustomError("news-image-name", "{found}", {"found": str(value)[:40]})
    return text


class Consent(Record):
    """A person's agreement to be shown here."""

    date: Day = Field(description="Ngày người đó đồng ý.")
    scope: tuple[ConsentScope, ...] = Field(description="Đồng ý cho nêu gì: name (tên), photo (ảnh).")
    document: Text = Field(description="Nơi giữ giấy hoặc thư đồng ý, ví dụ: hồ sơ số 3 của Văn phòng.")
    withdrawn: Day | None = Field(None, description="Ngày người đó rút lại; có ngày này thì tên và ảnh bị gỡ.")


class Person(Record):
    """Somebody who is praised in person. Nothing but the name and a picture is kept."""

    name: Text | None = Field(None, description="Tên; chỉ viết ở ô này, không viết trong câu chuyện.")
    photo: Annotated[str, BeforeValidator(read_photo)] | None = Field(None, description="Tên tệp ảnh nằm cạnh tệp này.")
    photo_alt: Words | None = Field(None, description="Lời tả ảnh; bắt buộc khi có ảnh; không nêu tên.")
    consent: Consent | None = Field(None, description="Sự đồng ý của người đó; thiếu thì trang không dựng được.")

    @model_validator(mode="after")
    def _photo_has_words(self) -> Person:
        if (self.photo is None) != (self.photo_alt is None):
            raise PydanticCustomError("praise-photo-alt", "{found}", {"found": self.photo or ""})
        return self


class Praise(Record):
    """One thing done well, told of a group by default."""

    id: Id = Field(description="Mã; bằng tên tệp.")
    title: Words = Field(description="Việc tốt, một câu ngắn.")
    unit: Id = Field(description="Đơn vị khen (mã trong data/units).")
    group: Words = Field(description="Tập thể được khen, ví dụ: Tổ công nghệ số cộng đồng thôn Hai.")
    model: Id | None = Field(None, description="Mô hình mà việc này thuộc về (mã trong data/models).")
    done: Words = Field(description="Đã làm gì, vài câu, không nêu tên người.")
    date: Day = Field(description="Ngày được khen.")
    source: Source = Field(description="Văn bản khen hoặc nơi đăng.")
    person: Person | None = Field(None, description="Chỉ ghi khi người đó đã đồng ý.")
