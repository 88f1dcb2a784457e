"""Owns the records of the campaign as a whole: its platform, hosts, day, dated facts."""

from __future__ import annotations

from pydantic import Field

from generators.schema.document import Source
from generators.schema.news import TagAuthorityText
from generators.schema.scalars import Day, DayMonth, Flag, HttpsUrl, Id, Ratio, Record, Text, Words


class Platform(Record):
    """A learning platform that the site points to."""

    name: Words = Field(description="Tên nền tảng.")
    url: HttpsUrl = Field(description="Địa chỉ.")


class OfficialHost(Record):
    """A host that links and banners may point to."""

    host: Text = Field(description="Tên miền, ví dụ: binhdanhocvuso.gov.vn.")
    owner: Words = Field(description="Cơ quan hoặc nơi chịu trách nhiệm.")
    source: Text = Field(description="Nơi nêu tên miền này.")


class Festival(Record):
    """The yearly day of the campaign."""

    day_month: DayMonth = Field(description="Ngày trong năm, dạng dd/mm.")
    name: Words = Field(description="Tên ngày hội.")
    national_day: Words = Field(description="Tên ngày quốc gia trùng ngày.")
    source: Source = Field(description="Văn bản đặt ra ngày này.")


class Thresholds(Record):
    """The cut-offs of the pace: share of the way divided by share of the time."""

    on_track: Ratio = Field(description="Từ mức này trở lên là đúng tiến độ, ví dụ: 0,95.")
    at_risk: Ratio = Field(description="Từ mức này trở lên là có nguy cơ chậm, ví dụ: 0,60.")
    going_back: Ratio = Field(description="Dưới mức này là tụt lùi so với lúc bắt đầu, ví dụ: 0.")


class Campaign(Record):
    """The settings of the whole site."""

    name: Words = Field(description="Tên phong trào.")
    tagline: Words = Field(description="Một câu giới thiệu.")
    platform: Platform = Field(description="Nền tảng quốc gia.")
    official_hosts: tuple[OfficialHost, ...] = Field(description="Các tên miền chính thức được phép dẫn tới.")
    tag_authority: TagAuthorityText = Field(
        description="Tên miền và năm đặt tên cho tin trong kênh theo dõi, ví dụ: hoc.vi-du.gov.vn,2026. Không đổi nữa."
    )
    district_end: Day = Field(description="Ngày cấp huyện thôi hoạt động.")
    thresholds: Thresholds = Field(description="Các mốc xét tiến độ.")
    festival: Festival = Field(description="Ngày hội toàn dân học tập số.")


class Fact(Record):
    """A dated fact about the national frame, with its source."""

    id: Id = Field(description="Mã của dữ kiện.")
    text: Words = Field(description="Dữ kiện, một câu.")
    source: Source = Field(description="Nguồn.")
    home: Flag = Field(False, description="true khi hiện trên trang chủ.")
