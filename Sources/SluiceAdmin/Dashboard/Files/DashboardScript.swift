/// What keeps the pages live, and runs what is asked for by a button. Without it the pages are read as they came.
///
/// # Why this way
/// There is one renderer: what is newer is asked for as the same markup, and whole parts are replaced. An event only
/// says that something is newer, and what it holds is not looked at. Whatever of a peer is shown is text, never markup.
enum DashboardScript {
  static let javaScript = "\"use strict\";\n(() => {\n" + parts + live + actions + doctor + start + "})();\n"

  /// Parts are replaced where they differ; who reads or writes in one is not disturbed.
  private static let parts = """
    const told = (text) => { const said = document.getElementById("said"); if (said) said.textContent = text; };

    const isHeld = (part) => {
      const selection = document.getSelection();
      return selection && !selection.isCollapsed && part.contains(selection.anchorNode);
    };

    function take(markup) {
      const fresh = new DOMParser().parseFromString(markup, "text/html");
      const before = document.querySelector("#now h1");
      const said = before ? before.textContent : "";
      for (const next of fresh.querySelectorAll("[data-part]")) {
        const part = document.getElementById(next.id);
        if (!part || isHeld(part) || part.outerHTML === next.outerHTML) continue;
        const focused = part.contains(document.activeElement) ? document.activeElement : null;
        part.replaceWith(document.adoptNode(next));
        if (!focused) continue;
        // The same one, wherever it stands now.
        const all = [...next.querySelectorAll("a, button, pre")];
        const again = (focused.id && document.getElementById(focused.id))
          || all.find((other) => other.outerHTML === focused.outerHTML)
          || all.find((other) => focused.href && other.href === focused.href);
        if (again) again.focus({ preventScroll: true });
      }
      const after = document.querySelector("#now h1");
      if (after && after.textContent !== said) {
        document.title = document.title.replace(/^[^·]*/, after.textContent.replace(/^[^A-Za-z0-9]+/, "") + " ");
        told(after.textContent);
      }
    }


    """

  /// At most one request at a time and one a second; what comes meanwhile is asked for together afterwards.
  private static let live = """
    const pause = 1000, wholeAfter = 15000;
    let isAsking = false, wanted = null, lastWhole = Date.now(), lastAsked = 0, timer = 0, events = null;

    function show(text, isOn) {
      const live = document.getElementById("live");
      if (!live) return;
      live.textContent = text;
      live.classList.toggle("on", isOn);
    }

    async function ask() {
      timer = 0;
      if (isAsking || !wanted) return;
      const isWhole = wanted === "all" || Date.now() - lastWhole > wholeAfter || location.pathname !== "/";
      wanted = null;
      isAsking = true;
      lastAsked = Date.now();
      if (isWhole) lastWhole = lastAsked;
      try {
        const part = location.pathname === "/" ? "/?part=" + (isWhole ? "all" : "state") : location.href;
        const answer = await fetch(part, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(String(answer.status));
        take(await answer.text());
      } catch {
        show("No answer from the gateway; trying again", false);
      }
      isAsking = false;
      if (wanted) want(wanted);
    }

    function want(what) {
      wanted = wanted === "all" ? "all" : what;
      if (!timer && !isAsking) timer = setTimeout(ask, Math.max(0, lastAsked + pause - Date.now()));
    }

    function listen() {
      if (events || document.hidden) return;
      events = new EventSource("/api/v1/events");
      events.onopen = () => { show("Live", true); want("all"); };
      events.onerror = () => {
        const isOver = events && events.readyState === EventSource.CLOSED;
        show(isOver ? "Not live: reload for newer values" : "Connection lost; trying again", false);
      };
      for (const name of ["problem", "deploy", "dropped"]) events.addEventListener(name, () => want("all"));
      for (const name of ["traffic", "status"]) events.addEventListener(name, () => want("state"));
    }

    function rest() {
      if (!events) return;
      events.close();
      events = null;
      show("Paused", false);
    }


    """

  private static let actions = """
    async function post(path) {
      const answer = await fetch(path, {
        method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: "{}",
      });
      const value = await answer.json().catch(() => ({}));
      if (!answer.ok) throw new Error(value.detail || "The gateway answered " + answer.status + ".");
      return value;
    }

    async function act(button) {
      if (!confirm(button.dataset.ask)) return;
      button.disabled = true;
      try {
        await post(button.dataset.post);
        told("Done.");
      } catch (error) {
        told(error.message);
        alert(error.message);
      }
      button.disabled = false;
      want("all");
    }


    """

  private static let doctor = """
    const shapes = { fine: "●", warning: "▲", failing: "■", notRun: "○" };
    const words = { fine: "fine", warning: "worth a look", failing: "failing", notRun: "not looked at" };
    const tones = { fine: "good", warning: "warning", failing: "bad", notRun: "quiet" };
    const questions = {
      process: "Is the process alive?", gatewayRecord: "What did the gateway see?",
      applicationLog: "What does the application's log say?",
      direct: "What does the endpoint answer when it is asked directly?",
      resources: "Does the machine have what the application needs?", deploys: "Did it begin with a change?",
    };

    function element(tag, text, kind) {
      const made = document.createElement(tag);
      if (text) made.textContent = text;
      if (kind) made.className = kind;
      return made;
    }

    function report(answer) {
      const made = [element("h3", answer.verdict.sentence), element("p", "Next: " + answer.verdict.next, "next")];
      for (const endpoint of answer.endpoints) {
        const title = element("p");
        title.append(element("strong", endpoint.endpoint), ": " + endpoint.verdict.sentence);
        const steps = element("ol", "", "steps");
        for (const step of endpoint.steps) {
          const item = element("li"), line = element("p"), list = element("ul");
          line.append(element("span", shapes[step.mark] + " " + words[step.mark], "badge " + tones[step.mark]));
          line.append(" " + (questions[step.step] || step.step));
          for (const finding of step.findings) list.append(element("li", finding.text));
          item.append(line, list);
          steps.append(item);
        }
        made.push(title, steps);
      }
      return made;
    }

    async function examine(button) {
      const place = document.getElementById("examined");
      button.disabled = true;
      place.replaceChildren(element("p", "Looking; this takes some seconds.", "quiet"));
      try {
        place.replaceChildren(...report(await post(button.dataset.examine)));
      } catch (error) {
        place.replaceChildren(element("p", error.message, "mistake"));
      }
      button.disabled = false;
    }


    """

  private static let start = """
    document.documentElement.classList.add("has-script");
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.post) act(button);
      if (button.dataset.examine) examine(button);
    });
    if ("live" in document.body.dataset) {
      listen();
      document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
    }

    """
}
