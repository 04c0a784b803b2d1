/// The search of a written guide: works from a file, asks nobody, and is not needed for reading.
enum SearchScript {
  static let javaScript = """
    'use strict';
    // Each entry of guideIndex: title, sentence, path, further words.
    (function () {
      const box = document.getElementById('search');
      const input = document.getElementById('words');
      const list = document.getElementById('results');
      const count = document.getElementById('count');
      if (!box || typeof guideIndex === 'undefined') return;
      const parts = (text) => text.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
      const entries = guideIndex.map(([title, sentence, path, words]) => ({
        title, sentence, path, name: title.toLowerCase(), head: parts(title), body: new Set(parts(sentence + ' ' + words)),
      }));

      function score(entry, words, asked) {
        let total = entry.name === asked ? 100 : 0;
        for (const word of words) {
          if (entry.head.includes(word)) total += 10;
          else if (entry.head.some((other) => other.startsWith(word))) total += 6;
          else if (entry.body.has(word)) total += 3;
          else if (word.length > 3 && [...entry.body].some((other) => other.startsWith(word))) total += 1;
          else return 0;
        }
        return total;
      }

      function show() {
        const asked = input.value.trim().toLowerCase();
        const words = parts(asked);
        list.replaceChildren();
        if (words.length === 0) { count.textContent = ''; return; }
        const found = entries.map((entry) => ({ entry, score: score(entry, words, asked) }))
          .filter((hit) => hit.score > 0).sort((a, b) => b.score - a.score);
        count.textContent = found.length === 0 ? 'Nothing found. Try fewer words.' : found.length + ' found';
        for (const { entry } of found.slice(0, 30)) {
          const item = document.createElement('li');
          const link = document.createElement('a');
          link.href = entry.path;
          link.textContent = entry.title;
          item.append(link, ': ' + entry.sentence);
          list.append(item);
        }
      }

      box.hidden = false;
      input.addEventListener('input', show);
      const given = new URLSearchParams(location.search).get('q');
      if (given) { input.value = given; show(); }
    })();

    """
}
