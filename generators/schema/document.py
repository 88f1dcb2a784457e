"""Owns how a record names a document or a publication that it rests on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generators.schema.scalars import DocumentDay, HttpsUrl, Record, Text, Words


class Document(Record):
    """A state document, named as it names itself."""

    number: Text | None = Field(None, description="Số hiệu, ví dụ: 378/KH-UBND. Để null khi văn bản không có số.")
    number_note: Words | None = Field(None, description="Vì sao không có số hiệu.")
    date: DocumentDay | None = Field(None, description="Ngày ban hành; thiếu ngày thì ghi 07/2025 hoặc 2025.")
    date_note: Words | None = Field(None, description="Vì sao thiếu ngày.")
    issuer: Words | None = Field(None, description="Cơ quan ban hành.")
    title: Words | None = Field(None, description="Trích yếu, viết gọn.")


class BasisDocument(Document):
    """A document that a plan rests on, and where the plan names it."""

    role: Literal["parent", "basis", "mentioned"] = Field(
        "basis", description="parent: kế hoạch cấp trên trực tiếp; basis: căn cứ khác; mentioned: chỉ nhắc tới."
    )
    place: Words | None = Field(None, description="Kế hoạch nhắc văn bản này ở đâu, ví dụ: phần mở đầu, chú thích 1.")


class Source(Record):
    """Where a figure or fact comes from: a document, or a publication with its date."""

    name: Words = Field(description="Tên văn bản hoặc nơi đăng.")
    date: DocumentDay | None = Field(None, description="Ngày của văn bản hoặc ngày đăng.")
    url: HttpsUrl | None = Field(None, description="Địa chỉ của nguồn, nếu có.")
