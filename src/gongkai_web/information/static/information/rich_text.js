/* Turns <textarea data-rich-text> into an editor that takes tables pasted from Word and WPS. The server cleans what it
   gets; without this script the text area with HTML remains. */
(() => {
  const TOOLS = [
    ["标题", "formatBlock", "h2"], ["小标题", "formatBlock", "h3"], ["正文", "formatBlock", "p"],
    ["加粗", "bold"], ["编号列表", "insertOrderedList"], ["项目列表", "insertUnorderedList"],
    ["居中", "class", "align-center"], ["右对齐", "class", "align-right"],
    ["链接", "link"], ["表格", "table"], ["清除格式", "removeFormat"], ["撤销", "undo"],
  ];
  const KEPT = new Set(["colspan", "rowspan", "href", "src", "alt"]);

  const block = (node, root) => {
    let element = node && (node.nodeType === 1 ? node : node.parentElement);
    while (element && element.parentElement !== root) element = element.parentElement;
    return element;
  };

  /* How Word and WPS say where a paragraph stands, in the classes that the server keeps. */
  const keepAlignment = (node) => {
    const align = node.getAttribute("align") || (node.style && node.style.textAlign);
    const name = { center: "align-center", right: "align-right" }[align];
    return name && ["P", "DIV"].includes(node.tagName) ? name : "";
  };

  /* `dropped`: pictures that lie on the writer's own machine or on another host and cannot come along. */
  const tidy = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const remarks = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (remarks.nextNode()) comments.push(remarks.currentNode);
    comments.forEach((node) => node.remove());
    page.querySelectorAll("style,script,meta,link,title,xml,o\\:p").forEach((node) => node.remove());
    const foreign = [...page.querySelectorAll("img")].filter((node) => !(node.getAttribute("src") || "").startsWith("/documents/"));
    foreign.forEach((node) => node.remove());
    page.querySelectorAll("*").forEach((node) => {
      const place = keepAlignment(node);
      [...node.attributes].forEach((attribute) => KEPT.has(attribute.name) || node.removeAttribute(attribute.name));
      if (place) node.className = place;
    });
    page.querySelectorAll("a[href]").forEach((node) => {
      if (!/^(https?:|mailto:|tel:|\/|#)/i.test(node.getAttribute("href"))) node.replaceWith(...node.childNodes);
    });
    page.querySelectorAll("span,font").forEach((node) => node.replaceWith(...node.childNodes));
    page.querySelectorAll("p").forEach((node) => node.textContent.trim() || node.querySelector("img,br") || node.remove());
    return { html: page.body.innerHTML, dropped: foreign.length };
  };

  const table = () => {
    const rows = Number(window.prompt("行数", "3"));
    const columns = Number(window.prompt("列数", "3"));
    if (!(rows > 0 && rows <= 200 && columns > 0 && columns <= 30)) return "";
    const row = (cell) => `<tr>${`<${cell}>&nbsp;</${cell}>`.repeat(columns)}</tr>`;
    return `<table><thead>${row("th")}</thead><tbody>${row("td").repeat(rows - 1)}</tbody></table><p><br></p>`;
  };

  const run = (root, command, value) => {
    root.focus();
    if (command === "class") {
      const element = block(window.getSelection().anchorNode, root);
      if (element) element.classList.toggle(value);
    } else if (command === "link") {
      const href = window.prompt("链接地址（以 https:// 或 / 开头）", "https://");
      if (href) document.execCommand("createLink", false, href);
    } else if (command === "table") {
      document.execCommand("insertHTML", false, table());
    } else {
      document.execCommand(command, false, value);
    }
    root.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const enhance = (area) => {
    if (area.dataset.enhanced) return;
    area.dataset.enhanced = "1";
    const editor = document.createElement("div");
    const tools = document.createElement("div");
    const text = document.createElement("div");
    editor.className = "gk-editor";
    tools.className = "gk-editor__tools";
    tools.setAttribute("role", "toolbar");
    tools.setAttribute("aria-label", "正文格式");
    text.className = "gk-editor__text";
    text.contentEditable = "true";
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    text.setAttribute("aria-label", "正文");
    text.innerHTML = tidyKeepingClasses(area.value) || "<p><br></p>";
    const button = (label, act) => {
      const element = document.createElement("button");
      element.type = "button";
      element.textContent = label;
      element.addEventListener("mousedown", (event) => event.preventDefault());
      element.addEventListener("click", act);
      tools.append(element);
      return element;
    };
    TOOLS.forEach(([label, command, value]) => button(label, () => run(text, command, value)));
    const source = button("源代码", () => {
      if (editor.toggleAttribute("data-source")) area.focus();
      else text.innerHTML = tidyKeepingClasses(area.value);
      source.setAttribute("aria-pressed", String(editor.hasAttribute("data-source")));
    });
    source.setAttribute("aria-pressed", "false");
    text.addEventListener("input", () => {
      area.value = text.innerHTML;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    text.addEventListener("paste", (event) => {
      const html = event.clipboardData.getData("text/html");
      if (!html) return;
      event.preventDefault();
      const pasted = tidy(html);
      document.execCommand("insertHTML", false, pasted.html);
      notice.textContent = pasted.dropped
        ? `粘贴的内容里有${pasted.dropped}张图片没有带进来。请把图片另存为文件，在下方“附件”中上传，用途选“正文图片”。`
        : "";
    });
    const notice = document.createElement("p");
    notice.className = "gk-editor__notice";
    notice.setAttribute("role", "status");
    area.before(editor);
    editor.append(tools, notice, text, area);
  };

  /* Stored text has been cleaned by the server; parsing it apart from the page keeps even that from running. */
  const tidyKeepingClasses = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll("script,style").forEach((node) => node.remove());
    page.querySelectorAll("*").forEach((node) => {
      [...node.attributes].forEach((attribute) => attribute.name.startsWith("on") && node.removeAttribute(attribute.name));
    });
    return page.body.innerHTML;
  };

  const start = () => document.querySelectorAll("textarea[data-rich-text]").forEach(enhance);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
