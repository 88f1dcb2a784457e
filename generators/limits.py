"""Owns every limit, in one place: on what is taken in from files, and on what is made of a whole country's content.

A limit on what is taken in is there so that one file, by mistake or by malice, can neither stop the program nor swell
the site; each is far above what honest content needs, and each has a complaint of its own. A limit on what is made
keeps a site of thousands of units as useful and as light as one of five. Holds numbers only, and no rule.
"""

from __future__ import annotations

# --- text files
FILE_BYTES = 2 * 1024 * 1024
LINE_LENGTH = 20_000  # characters; the longest honest line is a paragraph
TEXT_LENGTH = 20_000  # characters of one value, which may be written over many lines
BODY_LENGTH = 100_000  # characters of Markdown under a front matter: some thirty printed pages
BODY_LINES = 3000
BODY_NESTING = 12  # levels of quotation and list
BODY_DEFINITIONS = 100  # lines that begin with ":" and follow each other without an empty line
BODY_BRACKETS = 1500  # "[" and "<"
BODY_STARS = 5000  # "*" and "_"
YAML_DEPTH = 40
YAML_OPENERS = 1000  # what may open a level, before the file's depth is measured at all
YAML_ENTRIES = 50_000  # keys and values of one file

# --- values
ID_LENGTH = 80  # an id stands in file names, which hold 255 bytes at most, beside other words
FIRST_YEAR, LAST_YEAR = 1900, 2100

# --- spreadsheets that somebody sent
SHEET_BYTES = 5 * 1024 * 1024
SHEET_UNPACKED = 30 * 1024 * 1024
SHEET_RATIO = 200  # of what is unpacked to what is packed, from one megabyte on
SHEET_RATIO_FROM = 1024 * 1024
SHEET_PARTS = 500  # files in the archive
SHEETS = 40
SHEET_ROWS, SHEET_COLUMNS = 2000, 100
SHEET_CELLS = 2_000_000  # the empty ones between others too
CELL_LENGTH = 9000  # characters; with every one of them escaped it is still one line of a data file

# --- folders
FOLDER_DEPTH = 12

# --- pictures
PICTURE_BYTES = 4 * 1024 * 1024
PICTURE_PIXELS = 50_000_000  # what a phone of today takes; more is a bomb that unpacks to gigabytes
PICTURE_WIDTHS = (480, 960, 1440)  # pixels in which pictures are published; none is made larger than it is

# --- what is made for the whole country
CALENDAR_ENTRIES = 2000  # of one file for everybody: two megabytes, which a phone fetches anew every day
SHARE_PICTURES = 300  # units and plans that each have one of their own; ten thousand would weigh a gigabyte
POSTERS = 300  # of units and activities; each takes the time of a hundred pages to set and weighs 40 KB

# --- feeds
FEED_ENTRIES = 25  # with all their words, up to twice as many; 130 KB that every feed reader fetches again and again

# --- open data
DATA_ROWS = 1000  # of one file; the longest rows take 1.6 KB each

# --- sitemaps
SITEMAP_ADDRESSES = 10_000  # the protocol allows 50,000; a part that did not change need not be fetched again

# --- pages
# Up to here all plans stand side by side; beyond, lists go by province. A plan takes 6 KB of the comparison and a page
# should stay under 100 KB; the filter that needs no script counts as far too.
PLANS_ON_ONE_PAGE = 16
ACTIVITIES_ON_ONE_PAGE = 40  # of 1.2 KB each with its place, its days and its marks
ACTIVITY_LINES_ON_ONE_PAGE = 200  # of 300 bytes each
UNITS_BELOW_ON_ONE_PAGE = 20  # of 80 bytes each, where a unit's own targets take 55 KB and the roll-ups 5
LINKS_ON_ONE_PAGE = 400  # of 200 bytes each
