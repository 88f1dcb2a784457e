/* The live preview: the open page follows each edit, and what is wrong stands in a panel above it. Never published. */
(function () {
  "use strict";
  var own = document.currentScript;
  var pages = Number(own.dataset.pages);
  var seen = 0;
  var closed = "";
  var panel = null;
  var button = null;

  function make(name, words, className) {
    var made = document.createElement(name);
    if (words) made.textContent = words;
    if (className) made.className = className;
    return made;
  }

  function counts(problems) {
    var errors = problems.filter(function (one) { return one.severity === "error"; }).length;
    var parts = [];
    if (errors) parts.push(errors + " lỗi");
    if (problems.length > errors) parts.push(problems.length - errors + " lưu ý");
    return parts.join(", ");
  }

  function item(problem) {
    var made = make("li", "", "preview-problem preview-" + problem.severity);
    var link = make("a", problem.place, "preview-place");
    link.href = problem.open;
    made.append(link, make("p", problem.message));
    if (problem.below) made.append(make("pre", problem.below));
    made.append(make("p", problem.guide, "preview-guide"));
    return made;
  }

  function clear() {
    if (panel) panel.remove();
    if (button) button.remove();
    panel = button = null;
  }

  function showButton(state) {
    clear();
    button = make("button", state.fault ? "Chưa dựng được trang" : counts(state.problems), "preview-button");
    button.type = "button";
    button.addEventListener("click", function () {
      closed = "";
      showPanel(state);
      panel.querySelector("h2").focus();
    });
    document.body.append(button);
  }

  function showPanel(state) {
    clear();
    var errors = state.fault || state.problems.some(function (one) { return one.severity === "error"; });
    panel = make("section", "", "preview-panel");
    panel.id = "preview-panel";
    panel.setAttribute("role", errors ? "alert" : "status");
    panel.setAttribute("aria-labelledby", "preview-title");
    panel.lang = "vi";
    var title = make("h2", state.fault ? "Chưa dựng được trang" : counts(state.problems));
    title.id = "preview-title";
    title.tabIndex = -1;
    var close = make("button", "Đóng", "preview-close");
    close.type = "button";
    function hide() {
      closed = JSON.stringify([state.problems, state.fault]);
      showButton(state);
      button.focus();
    }
    close.addEventListener("click", hide);
    panel.addEventListener("keydown", function (event) {
      if (event.key === "Escape") hide();
    });
    panel.append(title, close);
    if (errors) panel.append(make("p", "Bạn đang xem bản tốt gần nhất. Sửa xong và lưu lại, trang sẽ tự đổi."));
    if (state.fault) panel.append(make("pre", state.fault));
    if (state.problems.length) {
      var list = make("ul");
      state.problems.forEach(function (problem) { list.append(item(problem)); });
      panel.append(list);
    }
    document.body.append(panel);
  }

  function show(state) {
    if (!state.problems.length && !state.fault) return clear();
    var errors = state.fault || state.problems.some(function (one) { return one.severity === "error"; });
    if (!errors || closed === JSON.stringify([state.problems, state.fault])) return showButton(state);
    showPanel(state);
  }

  function follow() {
    fetch("/_preview/state?seen=" + seen).then(function (answer) {
      return answer.json();
    }).then(function (state) {
      if (state.pages !== pages) return location.reload();
      if (state.version !== seen) {
        seen = state.version;
        show(state);
      }
      follow();
    }).catch(function () {
      setTimeout(follow, 2000); // the server was stopped, or the computer slept
    });
  }

  follow();
})();
