// @ts-check
'use strict';

/*
 * Answers searches from the files that `portolan_search::Index::export` wrote, exactly as the server answers them from
 * tantivy: portal/search has the same steps in Rust, and a test compares the two.
 *
 *   const reader = await portolan.search.open('search/');
 *   const { hits, total, facets } = await reader.search('list boks', { kinds: ['operation'], limit: 10 });
 */
{
  /** @typedef {{title: string, kind: string, address: string, api: string, method: string, path: string, summary: string, deprecated: boolean, score: number}} Hit */
  /** @typedef {{kinds?: string[], apis?: string[], methods?: string[], deprecated?: boolean, limit?: number, offset?: number}} Options */
  /** @typedef {{kinds: Map<string, number>, apis: Map<string, number>, methods: Map<string, number>, deprecated: number}} Facets */
  /** @typedef {{hits: Hit[], total: number, facets: Facets}} Results */
  /** @typedef {{raw: string, stem: string}} Part */
  /** @typedef {{mask: number, path?: string[], word?: Part, whole?: string}} Token */
  /** @typedef {{method: string, tokens: Token[], wanted: number}} Plan */
  /** @typedef {{entry: number, value: number, title: number, id: number, whole?: boolean}} Match */
  /** @typedef {Map<string, string>} Lists  terms and their postings */

  const MAX_TEXT = 256;
  const MAX_PART = 64;
  const MAX_JOINED = 3;
  const MAX_TOKENS = 12;
  const MAX_EXPANSIONS = 48;
  const MAX_LIMIT = 100;
  const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'QUERY'];

  // Words: analyse.rs.

  const alphanumeric = /[\p{Alphabetic}\p{N}]/u;
  const numeric = /\p{N}/u;
  const upper = /\p{Uppercase}/u;
  const lower = /\p{Lowercase}/u;
  const SPELLED = new Map(Object.entries({ ß: 'ss', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ẞ: 'Ss', ı: 'i' }));

  /** @param {string} word */
  const withoutPlural = (word) => {
    const length = word.length;
    if (length < 3 || !/^[a-z]+$/.test(word)) return word;
    if (length >= 5 && word.endsWith('ies')) return word.slice(0, -3) + 'y';
    if (length >= 4 && word.endsWith('ie')) return word.slice(0, -2) + 'y';
    if (length >= 5 && /(sses|xes|ches|shes)$/.test(word)) return word.slice(0, -2);
    if (/(ss|us|sis)$/.test(word)) return word;
    return word.endsWith('s') ? word.slice(0, -1) : word;
  };

  /** @param {string} text @returns {Part} */
  const part = (text) => {
    const raw = text.toLowerCase();
    return { raw, stem: withoutPlural(raw) };
  };

  /** @param {string} text @returns {{parts: Part[], whole: Part | null}[]} */
  const analyse = (text) => {
    const folded = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC');
    const characters = [...folded].flatMap((character) => [...(SPELLED.get(character) ?? character)]);
    /** @type {{parts: Part[], whole: Part | null}[]} */
    const found = [];
    /** @type {string[][]} */
    let pieces = [];
    let letters = 0;
    let capitals = 0;
    const end = () => {
      const parts = pieces.filter((piece) => piece.length <= MAX_PART).map((piece) => part(piece.join('')));
      if (parts.length > 0) {
        const letters = pieces.flat();
        const joined = pieces.length > 1 && pieces.length <= MAX_JOINED && letters.length <= MAX_PART;
        found.push({ parts, whole: joined ? part(letters.join('')) : null });
      }
      pieces = [];
      letters = capitals = 0;
    };
    /** Whether a new part starts at a character of a word. @param {number} at */
    const boundary = (at) => {
      if (/[_-]/.test(characters[at - 1])) return true;
      const piece = pieces[pieces.length - 1];
      const last = piece[piece.length - 1];
      const here = characters[at];
      if (numeric.test(last) !== numeric.test(here)) {
        if (numeric.test(here)) return letters >= 3;
        const next = characters.slice(at, at + 3);
        return next.length === 3 && next.every((one) => alphanumeric.test(one) && !numeric.test(one));
      }
      if (!upper.test(here)) return false;
      if (lower.test(last)) return piece.length >= 2;
      return capitals >= 2 && at + 1 < characters.length && lower.test(characters[at + 1]);
    };
    characters.forEach((character, at) => {
      if (alphanumeric.test(character)) {
        if (pieces.length === 0 || boundary(at)) {
          pieces.push([]);
          letters = capitals = 0;
        }
        pieces[pieces.length - 1].push(character);
        letters = numeric.test(character) ? 0 : letters + 1;
        capitals = upper.test(character) ? capitals + 1 : 0;
      } else if (pieces.length > 0) {
        const inside = at + 1 < characters.length && alphanumeric.test(characters[at + 1]);
        if (!(inside && /[_\-'\u2019]/.test(character))) end();
      }
    });
    if (pieces.length > 0) end();
    return found;
  };

  // Paths: path.rs.

  /** @param {string} path */
  const segments = (path) => path.split('/').filter((segment) => segment !== '');

  /** @param {string} word */
  const parsePath = (word) => {
    const path = word.toLowerCase().replace(/^https?:\/\/[^/]*/, '');
    const found = path.startsWith('/') ? segments(path.split(/[?#]/)[0]) : [];
    return found.length > 0 ? found : undefined;
  };

  /** @param {string[]} asked @param {string[]} template */
  const literals = (asked, template) => {
    if (asked.length > template.length) return -1;
    let found = 0;
    for (const [index, segment] of asked.entries()) {
      const last = index + 1 === asked.length;
      if (segment === template[index]) found += 1;
      else if (!template[index].includes('{') && !(last && template[index].startsWith(segment))) return -1;
    }
    return found;
  };

  /** @param {string[]} asked @param {string[]} template */
  const fit = (asked, template) => {
    for (let shift = 0; shift < template.length; shift += 1) {
      const found = literals(asked, template.slice(shift));
      const whole = shift === 0 && asked.length === template.length;
      if (found > 0 || (found === 0 && whole)) {
        return { value: (whole ? 1280000 : shift === 0 ? 800000 : 320000) + 16000 * found, whole };
      }
    }
    const shift = asked.length - template.length;
    if (shift > 0 && template.length > 0) {
      const found = literals(asked.slice(shift), template);
      if (found > 0) return { value: 800000 + 16000 * found, whole: false };
    }
    return undefined;
  };

  // What was typed, taken apart: plan.rs.

  /** @param {string} text @param {boolean} methods @param {Set<string>} stop @returns {Plan} */
  const makePlan = (text, methods, stop) => {
    const cut = [...text.slice(0, 2 * MAX_TEXT)].slice(0, MAX_TEXT).join('');
    const typed = cut.split(/\p{White_Space}+/u).filter((word) => word !== '');
    /** @type {Plan} */
    const plan = { method: '', tokens: [], wanted: 0 };
    const first = typed[0] ?? '';
    const method = typed.length > 1 && parsePath(typed[1]) ? first.replace(/[a-z]/g, (letter) => letter.toUpperCase()) : first;
    if (methods && METHODS.includes(method)) {
      plan.method = method;
      typed.shift();
    }
    /** @type {string[][]} */
    let paths = [];
    /** @type {{part: Part, of: number}[]} */
    let parts = [];
    /** @type {(Part | null)[]} */
    const wholes = [];
    for (const word of typed) {
      const path = parsePath(word);
      if (path) paths.push(path);
      else {
        for (const { parts: found, whole } of analyse(word)) {
          for (const one of found) parts.push({ part: one, of: wholes.length });
          wholes.push(whole);
        }
      }
    }
    const telling = parts.filter(({ part: one }) => !stop.has(one.raw));
    if (paths.length > 0 || telling.length > 0) parts = telling;
    paths = paths.slice(0, 1);
    parts = parts.slice(0, MAX_TOKENS - paths.length);
    const offset = paths.length;
    for (const path of paths) plan.tokens.push({ mask: 1, path });
    parts.forEach(({ part: word }, at) => plan.tokens.push({ mask: 1 << (offset + at), word }));
    plan.wanted = plan.tokens.length;
    wholes.forEach((whole, index) => {
      const mask = parts.reduce((bits, { of }, at) => (of === index ? bits | (1 << (offset + at)) : bits), 0);
      if (whole) plan.tokens.push({ mask, whole: whole.stem });
    });
    for (let at = 0; at + 1 < parts.length; at += 1) {
      const [left, right] = [parts[at], parts[at + 1]];
      if (left.of !== right.of) plan.tokens.push({ mask: 3 << (offset + at), whole: part(left.part.raw + right.part.raw).stem });
    }
    return plan;
  };

  // What a word stands for: lexicon.rs.

  /** @param {string} term */
  const keyOf = (term) => [...term.slice(0, 4)].slice(0, 2).join('');

  /** @param {string} a @param {string} b @param {number} most */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return 0;
    /** @type {number[]} */
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        let steps = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2] + 1);
        row.push(steps);
        least = Math.min(least, steps);
      }
      if (least > most) return 0;
      before = last;
      last = row;
    }
    return last[b.length] <= most ? last[b.length] : 0;
  };

  /** @param {Part} token @param {Lists} first @param {Lists} second @param {string[][]} same */
  const expand = ({ raw, stem }, first, second, same) => {
    const key = keyOf(stem);
    const near = [...second.keys()].filter((term) => term.startsWith(key) && (term === key || [...key].length === 2));
    const nearby = new Set(near);
    /** @type {Map<string, number>} */
    const found = new Map();
    /** @param {string} term @param {number} quality */
    const add = (term, quality) => {
      if ((first.has(term) || nearby.has(term)) && !found.has(term)) found.set(term, quality);
    };
    add(stem, 1000);
    for (const group of same) if (group.includes(stem)) for (const term of group) add(term, 900);
    const reach = found.size > 0 || raw.length < 4 ? 0 : raw.length < 8 ? 1 : 2;
    for (const terms of [first.keys(), near]) {
      for (const term of terms) {
        if (raw.length > 1 && term.startsWith(raw)) add(term, Math.floor((700 * raw.length) / term.length));
        else if (reach > 0) {
          const steps = distance(stem, term, reach);
          if (steps > 0) add(term, 550 - 150 * (steps - 1));
        }
      }
    }
    return [...found]
      .sort(([a, p], [b, q]) => q - p || a.length - b.length || (a < b ? -1 : 1))
      .slice(0, MAX_EXPANSIONS);
  };

  // The files: export.rs.

  const DIGITS = new Map([...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'].map((digit, value) => [digit, value]));

  /** @param {string} text @returns {number[]} */
  const numbers = (text) => {
    const found = [];
    let [number, unit] = [0, 1];
    for (const digit of text) {
      const value = DIGITS.get(digit) ?? 0;
      number += (value % 32) * unit;
      unit *= 32;
      if (value < 32) {
        found.push(number);
        [number, unit] = [0, 1];
      }
    }
    return found;
  };

  /** @param {{terms: string, lists: string}} data @returns {Lists} */
  const lists = ({ terms, lists: all }) => {
    const texts = all.split('.');
    return new Map(terms === '' ? [] : terms.split(' ').map((term, at) => [term, texts[at]]));
  };

  /** Data that scripts have handed over and nobody has taken yet. @type {Map<string, any>} */
  const received = new Map();

  /** @param {string} url @returns {Promise<void>} */
  const loadScript = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = url;
      script.onload = () => resolve(script.remove());
      script.onerror = () => reject(new Error(`could not load ${url}`));
      document.head.append(script);
    });

  // Answers: search.rs and index.rs.

  class Reader {
    /** @param {any} index @param {(name: string) => Promise<any>} load */
    constructor(index, load) {
      this.index = index;
      this.load = load;
      this.first = lists(index);
      this.same = index.same.map((/** @type {string} */ group) => group.split(' '));
      this.stop = new Set(index.stop.split(' '));
      /** @type {Map<string, number>} */
      this.shards = new Map();
      index.shards.forEach((/** @type {string} */ keys, /** @type {number} */ number) => {
        for (const key of keys.split(' ')) this.shards.set(key, number);
      });
      const facts = numbers(index.facts);
      this.entries = index.titles.map((/** @type {string} */ title, /** @type {number} */ at) => {
        const [kind, api, method, deprecated, words, idWords] = facts.slice(6 * at, 6 * at + 6);
        const path = index.paths[at];
        return {
          shown: {
            title, kind: index.kinds[kind], api: index.apis[api],
            method: index.methods[method], path, deprecated: deprecated > 0,
          },
          worth: index.worth[kind], words, idWords, length: (path || title).length,
          segments: segments(path.toLowerCase()),
        };
      });
      /** @type {Map<string, Promise<any>>} */
      this.parts = new Map();
    }

    /** A part of the index, loaded once. @param {string} name @returns {Promise<any>} */
    part(name) {
      let loaded = this.parts.get(name);
      if (!loaded) {
        loaded = this.load(`${name}-${this.index.build}`).then((data) => (name.startsWith('body') ? lists(data) : data));
        this.parts.set(name, loaded);
        loaded.catch(() => this.parts.delete(name));
      }
      return loaded;
    }

    /** The second tier near a word. @param {string} stem @returns {Promise<Lists>} */
    async near(stem) {
      const shard = this.shards.get(keyOf(stem));
      // Without it titles still answer.
      return shard === undefined ? new Map() : this.part(`body-${shard}`).catch(() => new Map());
    }

    /** @param {string} term @param {string} key @param {number} quality @param {Lists} second @returns {Match[]} */
    inText(term, key, quality, second) {
      /** @type {Map<number, {points: number, title: number, id: number}>} */
      const found = new Map();
      const { levels } = this.index;
      const first = numbers(this.first.get(term) ?? '');
      for (let at = 0, entry = -1; at < first.length; at += 3) {
        entry += first[at] + 1;
        found.set(entry, { points: levels[first[at + 1]], title: first[at + 2] % 8, id: Math.floor(first[at + 2] / 8) });
      }
      const more = keyOf(term) === key ? numbers(second.get(term) ?? '') : [];
      for (let at = 0, entry = -1; at < more.length; at += 2) {
        entry += more[at] + 1;
        const known = found.get(entry);
        const [a, b] = [known?.points ?? 0, levels[more[at + 1]]];
        const points = Math.max(a, b) + Math.floor((Math.min(a, b) * 3) / 10);
        found.set(entry, { points, title: known?.title ?? 0, id: known?.id ?? 0 });
      }
      return [...found].map(([entry, { points, title, id }]) => ({
        entry, value: points * quality, title: title * quality, id: id * quality,
      }));
    }

    /** @param {Token} token @returns {Promise<Match[]>} */
    async find({ path, word, whole }) {
      if (path) {
        return this.entries.flatMap((/** @type {any} */ { segments: template }, /** @type {number} */ entry) => {
          const found = template.length > 0 ? fit(path, template) : undefined;
          return found ? [{ entry, title: 0, id: 0, ...found }] : [];
        });
      }
      const stem = word ? word.stem : (whole ?? '');
      if (!word && !this.first.has(stem)) return [];
      const second = await this.near(stem);
      if (!word) return this.inText(stem, keyOf(stem), 1000, second);
      /** @type {Map<number, Match>} */
      const best = new Map();
      for (const [term, quality] of expand(word, this.first, second, this.same)) {
        for (const one of this.inText(term, keyOf(stem), quality, second)) {
          const known = best.get(one.entry) ?? one;
          best.set(one.entry, {
            entry: one.entry, value: Math.max(known.value, one.value),
            title: Math.max(known.title, one.title), id: Math.max(known.id, one.id),
          });
        }
      }
      return [...best.values()];
    }

    /** @param {Plan} plan @returns {Promise<{entry: number, score: number}[]>} */
    async answer(plan) {
      const { method, tokens, wanted } = plan;
      const found = await Promise.all(tokens.map((token) => this.find(token)));
      /** @type {Map<number, {mask: number, sum: number, title: number[], id: number[], inTitle: number, inId: number, whole: boolean}>} */
      const sums = new Map();
      const asked = (/** @type {number} */ entry) => method === '' || this.entries[entry].shown.method === method;
      tokens.forEach(({ mask }, at) => {
        for (const { entry, value, title, id, whole } of found[at]) {
          if (!asked(entry)) continue;
          const sum = sums.get(entry) ?? { mask: 0, sum: 0, title: [0, 0], id: [0, 0], inTitle: 0, inId: 0, whole: false };
          sum.mask |= mask;
          sum.sum += value;
          const several = at < wanted ? 0 : 1;
          sum.title[several] += title;
          sum.id[several] += id;
          if (title >= 1000) sum.inTitle |= mask;
          if (id >= 1000) sum.inId |= mask;
          sum.whole ||= whole === true;
          sums.set(entry, sum);
        }
      });
      const all = 2 ** wanted - 1;
      const count = (/** @type {number} */ mask) => mask.toString(2).replaceAll('0', '').length;
      const covers = (/** @type {number} */ points, /** @type {number} */ words, /** @type {number} */ most) =>
        Math.floor((points * Math.min(words, most * 1000)) / (1000 * Math.max(most, 1)));
      let scored = [...sums].map(([entry, sum]) => {
        const { words, idWords, worth, shown } = this.entries[entry];
        const matched = count(sum.mask);
        const [title, id] = [Math.max(...sum.title), Math.max(...sum.id)];
        let score = Math.floor((sum.sum * matched * matched) / (wanted * wanted));
        score += covers(384000, title, words) + covers(256000, id, idWords);
        score = Math.floor((score * worth) / 100);
        if (shown.method === 'GET') score = Math.floor((score * 103) / 100);
        if (shown.deprecated) score = Math.floor((score * 6) / 10);
        const exactTitle = shown.kind !== 'property' && words > 0 && sum.inTitle === all && title >= words * 1000;
        const exactId = idWords > 0 && sum.inId === all && id >= idWords * 1000;
        if (exactTitle || exactId || sum.whole) score += 1000000000;
        return { entry, score, matched };
      });
      if (tokens.length === 0 && method !== '') {
        scored = this.entries.map((/** @type {any} */ _, /** @type {number} */ entry) => ({ entry, score: 0, matched: 0 }));
        scored = scored.filter(({ entry }) => asked(entry));
      }
      const least = Math.min(Math.ceil(wanted / 2), scored.reduce((most, { matched }) => Math.max(most, matched), 0));
      return scored
        .filter(({ matched }) => matched >= least)
        .sort((a, b) => b.score - a.score || this.entries[a.entry].length - this.entries[b.entry].length || a.entry - b.entry);
    }

    /** What only hits need. @param {number} entry @returns {Promise<{address: string, summary: string}>} */
    async text(entry) {
      const { blocks } = this.index;
      const block = blocks.findLastIndex((/** @type {number} */ start) => start <= entry);
      const [address, summary] = (await this.part(`text-${block}`))[entry - blocks[block]];
      return { address, summary };
    }

    /** @param {string} text @param {Options} [options] @returns {Promise<Results>} */
    async search(text, { kinds = [], apis = [], methods = [], deprecated, limit = 20, offset = 0 } = {}) {
      let found = await this.answer(makePlan(text, true, this.stop));
      if (found.length === 0) found = await this.answer(makePlan(text, false, this.stop));
      /** @param {string} [skip] @returns {(hit: {entry: number}) => boolean} */
      const passes = (skip) => ({ entry }) => {
        const { shown } = this.entries[entry];
        return (
          (skip === 'kind' || kinds.length === 0 || kinds.includes(shown.kind)) &&
          (skip === 'api' || apis.length === 0 || apis.includes(shown.api)) &&
          (skip === 'method' || methods.length === 0 || methods.includes(shown.method)) &&
          (skip === 'deprecated' || deprecated === undefined || deprecated === shown.deprecated)
        );
      };
      /** @param {'kind' | 'api' | 'method'} facet */
      const counted = (facet) => {
        /** @type {Map<string, number>} */
        const counts = new Map();
        for (const { entry } of found.filter(passes(facet))) {
          const value = this.entries[entry].shown[facet];
          if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        return new Map([...counts].sort(([a, p], [b, q]) => q - p || (a < b ? -1 : 1)));
      };
      const passing = found.filter(passes());
      const hits = passing.slice(offset, offset + Math.min(limit, MAX_LIMIT)).map(async ({ entry, score }) => ({
        ...this.entries[entry].shown,
        ...(await this.text(entry)),
        score,
      }));
      const outdated = found.filter(passes('deprecated')).filter(({ entry }) => this.entries[entry].shown.deprecated);
      return {
        hits: await Promise.all(hits),
        total: passing.length,
        facets: { kinds: counted('kind'), apis: counted('api'), methods: counted('method'), deprecated: outdated.length },
      };
    }
  }

  /** @type {Map<string, Promise<Reader>>} */
  const readers = new Map();

  /** @type {any} */
  const scope = globalThis;
  scope.portolan ??= {};
  scope.portolan.search = {
    /** Opens the index in a folder, once. @param {string} baseUrl @param {(url: string) => Promise<void>} [run] runs a script */
    open(baseUrl, run = loadScript) {
      /** @param {string} name */
      const load = async (name) => {
        await run(`${baseUrl}${name}.js`);
        if (!received.has(name)) throw new Error(`${baseUrl}${name}.js holds no part of an index`);
        const data = received.get(name);
        received.delete(name);
        return data;
      };
      let reader = readers.get(baseUrl);
      if (!reader) {
        reader = load('index').then((index) => new Reader(index, load));
        readers.set(baseUrl, reader);
        reader.catch(() => readers.delete(baseUrl));
      }
      return reader;
    },
    /** Called by the exported files. @param {string} name @param {any} data */
    receive(name, data) {
      received.set(name, data);
    },
    /** For tests. */
    analyse,
  };
}
