// Opens the editor with the forms that the program has just made from the records, instead of a file of its own.
window.CMS_MANUAL_INIT = true;

// What the editor's Vietnamese lacks, and what would mislead: here nothing is published, a file is saved.
const words = {
  collection: {
    collectionTop: { viewAs: "Xem theo", viewAsList: "Xem theo danh sách", viewAsGrid: "Xem theo ô", groupBy: "Xếp nhóm theo" },
    groups: { other: "Khác", negateLabel: "Không %{label}" },
  },
  editor: {
    editorControl: { field: { widgetLabel: "Ô %{widgetLabel}" } },
    editorInterface: { toggleI18n: "Bật tắt ngôn ngữ", togglePreview: "Bật tắt xem thử", toggleScrollSync: "Cuộn cùng nhau" },
    editorToolbar: {
      publish: "Lưu",
      published: "Đã lưu",
      publishing: "Đang lưu…",
      publishNow: "Lưu",
      publishAndCreateNew: "Lưu và tạo mục mới",
      publishAndDuplicate: "Lưu và nhân bản",
      duplicate: "Nhân bản",
    },
    editorWidgets: {
      markdown: {
        bold: "Đậm",
        italic: "Nghiêng",
        strikethrough: "Gạch ngang",
        code: "Mã",
        link: "Liên kết",
        linkPrompt: "Địa chỉ của liên kết",
        headings: "Đề mục",
        quote: "Trích dẫn",
        bulletedList: "Danh sách",
        numberedList: "Danh sách có số",
        addComponent: "Thêm thành phần",
        toggleMode: { rich: "Soạn như văn bản", markdown: "Soạn bằng Markdown" },
      },
      image: { chooseMultiple: "Chọn ảnh", addMore: "Thêm ảnh", removeAll: "Bỏ mọi ảnh" },
      list: { add: "Thêm %{item}", addType: "Thêm %{item}" },
      object: { expand: "Mở ra", collapse: "Thu lại" },
    },
  },
  mediaLibrary: {
    mediaLibraryCard: { copy: "Chép", copyPath: "Chép đường dẫn", copyName: "Chép tên", copied: "Đã chép" },
    mediaLibraryModal: { close: "Đóng" },
  },
  ui: {
    settingsDropdown: { account: "Tùy chọn" },
    toast: { entrySaved: "Đã lưu", onFailToPersist: "%{details}" },
  },
};

function over(base, own) {
  const both = { ...base };
  for (const [key, value] of Object.entries(own)) {
    both[key] = typeof value === "object" ? over(base[key] ?? {}, value) : value;
  }
  return both;
}

window.addEventListener("DOMContentLoaded", async () => {
  const { CMS } = window;
  CMS.registerLocale("vi", over(CMS.getLocale("vi"), words));
  const answer = await fetch("forms.json");
  CMS.init({ config: await answer.json() });
});
