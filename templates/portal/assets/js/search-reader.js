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
  /** @typedef {{kinds?: string[], apis?: string[], methods?: string[], categories?: string[], authentication?: string[], deprecated?: boolean, limit?: number, offset?: number}} Options */
  /** @typedef {{kinds: Map<string, number>, apis: Map<string, number>, methods: Map<string, number>, categories: Map<string, number>, authentication: Map<string, number>, deprecated: number}} Facets */
  /** @typedef {{hits: Hit[], total: number, facets: Facets}} Results */
  /** @typedef {{raw: string, stem: string}} Part */
  /** @typedef {{mask: number, path?: string[], word?: Part, whole?: string}} Token */
  /** @typedef {{method: string, tokens: Token[], wanted: number, many: boolean}} Plan */
  /** @typedef {{entry: number, value: number, title: number, id: number, whole?: boolean}} Match */
  /** @typedef {{mask: number, value: number, title: number[], id: number[], inTitle: number, inId: number, whole: boolean}} Sum */
  /** @typedef {{entry: number, level: number, cover: number, kind?: number, words?: number}} Posting */
  /** @typedef {Map<string, {postings: Posting[], file: number | undefined}>} Lists  terms and where they stand, or in which file that is */
  /** @typedef {'kind' | 'api' | 'method' | 'category' | 'authentication'} Facet */
  /** @typedef {{shown: {kind: string, api: string, method: string, deprecated: boolean}, factor: number, many: number, verb: string, words: Set<string>} & Record<Facet, string[]>} Class */
  /** @typedef {Map<Class, {value: number, verb: number}>} Bonus */
  /** @typedef {{kind: Class, words: number, ids: number, led: boolean, length: number}} Known */

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

  /** How many segments are the same word, when all of `asked` fit `template` from a place on; else -1. @param {string[]} asked @param {string[]} template @param {number} [from] */
  const literals = (asked, template, from = 0) => {
    if (from + asked.length > template.length) return -1;
    let found = 0;
    for (const [index, segment] of asked.entries()) {
      const name = template[from + index];
      if (name.includes('{')) continue;
      if (segment === name) found += 1;
      else if (index + 1 < asked.length || !name.startsWith(segment)) return -1;
    }
    return found;
  };

  /** @param {string[]} asked @param {{entry: number, segments: string[]}[]} templates @returns {Match[]} */
  const fit = (asked, templates) => {
    /** @type {Match[]} */
    const found = [];
    /** @param {number} entry @param {number} value @param {boolean} whole */
    const add = (entry, value, whole) => found.push({ entry, value, title: 0, id: 0, whole });
    for (const { entry, segments: template } of templates) {
      const same = literals(asked, template);
      const whole = same >= 0 && asked.length === template.length;
      if (whole || same > 0) add(entry, (whole ? 1280000 : 800000) + 16000 * same, whole);
      for (let at = 1; at < template.length; at += 1) {
        const inside = literals(asked, template, at);
        const begins = !template[at].includes('{') && (template[at] === asked[0] || asked.length === 1);
        if (begins && (inside > 0 || (inside === 0 && asked.length === 1))) add(entry, 320000 + 16000 * inside, false);
      }
    }
    for (let shift = 1; shift < asked.length && found.length === 0; shift += 1) {
      const rest = asked.slice(shift);
      for (const { entry, segments: template } of templates) {
        const same = template.length === rest.length ? literals(rest, template) : 0;
        if (same > 0) add(entry, 800000 + 16000 * same, false);
      }
    }
    return found;
  };

  // What was typed, taken apart: plan.rs.

  /** @param {string} text @param {boolean} methods @param {Set<string>} stop @returns {Plan} */
  const makePlan = (text, methods, stop) => {
    const cut = [...text.slice(0, 2 * MAX_TEXT)].slice(0, MAX_TEXT).join('');
    const typed = cut.split(/\p{White_Space}+/u).filter((word) => word !== '');
    /** @type {Plan} */
    const plan = { method: '', tokens: [], wanted: 0, many: false };
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
    const last = parts[parts.length - 1]?.part;
    plan.many = last !== undefined && last.raw !== last.stem;
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

  /** What a word stands for: term, how surely, whether long texts are looked at. @param {Part} token @param {Set<string>} first @param {Lists} second @param {string[][]} same @returns {[string, number, boolean][]} */
  const expand = ({ raw, stem }, first, second, same) => {
    const key = keyOf(stem);
    const near = [...second.keys()].filter((term) => keyOf(term) === key);
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
    for (const terms of [first, near]) {
      for (const term of terms) {
        if (raw.length > 1 && term.startsWith(raw)) add(term, Math.floor((700 * raw.length) / term.length));
        else if (reach > 0) {
          const steps = distance(stem, term, reach);
          if (steps > 0) add(term, 550 - 150 * (steps - 1));
        }
      }
    }
    let left = 4;
    return [...found]
      .sort(([a, p], [b, q]) => q - p || a.length - b.length || (a < b ? -1 : 1))
      .slice(0, MAX_EXPANSIONS)
      .map(([term, quality]) => [term, quality, nearby.has(term) && left-- > 0]);
  };

  // The files: export.rs and coding.rs.

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

  /** @param {any} columns @param {number} deep entries from here on bring what is known of them @returns {Lists} */
  const lists = (columns, deep) => {
    const [counts, distances, levels, covers, classes, titles, files] = ['counts', 'distances', 'levels', 'covers', 'classes', 'titles', 'lists'].map((name) => numbers(columns[name] ?? ''));
    const all = deep === Infinity;
    let [at, covered, told, elsewhere] = [0, 0, 0, 0];
    let word = '';
    /** @type {Lists} */
    const found = new Map();
    (columns.terms === '' ? [] : columns.terms.split(' ')).forEach((/** @type {string} */ term, /** @type {number} */ index) => {
      word = word.slice(0, DIGITS.get(term[0])) + term.slice(1);
      /** @type {Posting[]} */
      const postings = [];
      let entry = -1;
      for (const end = at + counts[index]; at < end; at += 1) {
        entry += distances[at] + 1;
        /** @type {Posting} */
        const posting = { entry, level: levels[at], cover: all || entry >= deep ? covers[covered++] : 0 };
        if (entry >= deep) {
          posting.kind = classes[told];
          posting.words = titles[told++];
        }
        postings.push(posting);
      }
      found.set(word, { postings, file: counts[index] === 0 ? files[elsewhere++] : undefined });
    });
    return found;
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
      this.first = lists(index.first, Infinity);
      /** Words that say what entries are. @type {Map<string, number>} */
      this.named = new Map(index.named.map((/** @type {string} */ line) => [line.split(' ')[0], index.points[Number(line.split(' ')[1])]]));
      this.terms = new Set([...this.first.keys(), ...this.named.keys()]);
      this.same = index.same.map((/** @type {string} */ group) => group.split(' '));
      this.stop = new Set(index.stop.split(' '));
      const table = numbers(index.classes);
      /** @type {Class[]} */
      this.classes = [];
      for (let at = 0; at < table.length; ) {
        const [kind, api, method, deprecated, factor, many, verb] = table.slice(at, (at += 7));
        const [categories, authentication] = [index.categories, index.authentication].map((names) => {
          const places = table.slice(at + 1, at + 1 + table[at]);
          at += 1 + places.length;
          return places.map((place) => names[place]);
        });
        const shown = { kind: index.kinds[kind], api: index.apis[api], method: index.methods[method], deprecated: deprecated > 0 };
        const parts = [shown.api, shown.method, shown.kind, index.verbs[verb]].flatMap(analyse);
        const words = new Set(parts.flatMap(({ parts: all, whole }) => [...all, ...(whole ? [whole] : [])].map(({ stem }) => stem)));
        this.classes.push({ shown, factor, many, verb: index.verbs[verb], words, api: [shown.api], kind: [shown.kind], method: [shown.method], category: categories, authentication });
      }
      const [of, titles, ids, lengths] = [index.of, index.titles, index.ids, index.lengths].map(numbers);
      /** The entries that are known from the beginning, and those that words have brought. @type {Known[]} */
      this.entries = of.map((kind, at) => ({ kind: this.classes[kind], words: titles[at], ids: ids[at] % 8, led: ids[at] > 7, length: lengths[at] }));
      this.deep = of.length;
      /** @type {Map<string, Promise<any>>} */
      this.parts = new Map();
    }

    /** A part of the index, loaded once. @param {string} name @param {(data: any) => any} [read] @returns {Promise<any>} */
    part(name, read = (data) => data) {
      let loaded = this.parts.get(name);
      if (!loaded) {
        loaded = this.load(`${name}-${this.index.build}`).then(read);
        this.parts.set(name, loaded);
        loaded.catch(() => this.parts.delete(name));
      }
      return loaded;
    }

    /** Terms of long texts. @param {string} name @returns {Promise<Lists>} */
    lists(name) {
      // Without them titles still answer.
      return this.part(name, (data) => lists(data, this.deep)).catch(() => new Map());
    }

    /** The second tier near a word. @param {string} stem @returns {Promise<Lists>} */
    async near(stem) {
      const key = keyOf(stem);
      const shard = this.index.shards.findLastIndex((/** @type {string} */ start) => start <= key);
      return shard < 0 ? new Map() : this.lists(`body-${shard}`);
    }

    /** @param {string} term @param {number} quality @param {Lists | undefined} second @returns {Promise<Match[]>} */
    async inText(term, quality, second) {
      const { points: worth } = this.index;
      /** @type {Map<number, {points: number, cover: number}>} */
      const found = new Map();
      for (const { entry, level, cover } of this.first.get(term)?.postings ?? []) found.set(entry, { points: worth[level], cover });
      const listed = second?.get(term);
      const more = listed?.file === undefined ? listed : (await this.lists(`list-${listed.file}`)).get(term);
      for (const { entry, level, cover, kind, words } of more?.postings ?? []) {
        const known = found.get(entry);
        const [a, b] = [known?.points ?? 0, worth[level]];
        found.set(entry, { points: Math.max(a, b) + Math.floor((Math.min(a, b) * 3) / 10), cover: known?.cover ?? cover });
        if (kind !== undefined) this.entries[entry] ??= { kind: this.classes[kind], words: words ?? 0, ids: 0, led: false, length: 0 };
      }
      return [...found].map(([entry, { points, cover }]) => ({
        entry, value: points * quality, title: (cover % 8) * quality, id: Math.floor(cover / 8) * quality,
      }));
    }

    /** @param {Token} token @returns {Promise<{matches: Match[], bonus?: Bonus}>} */
    async find({ path, word, whole }) {
      /** @type {Map<number, Match>} */
      const best = new Map();
      /** @param {Match[]} all */
      const offer = (all) => {
        for (const one of all) {
          const known = best.get(one.entry) ?? one;
          best.set(one.entry, {
            entry: one.entry, value: Math.max(known.value, one.value), whole: known.whole || one.whole,
            title: Math.max(known.title, one.title), id: Math.max(known.id, one.id),
          });
        }
      };
      if (path) {
        offer(fit(path, await this.part('paths', ({ distances, paths }) => {
          let next = 0;
          const steps = numbers(distances);
          return paths.map((/** @type {string} */ text, /** @type {number} */ at) => {
            const entry = next + steps[at];
            next = entry + 1;
            return { entry, segments: segments(text.toLowerCase()) };
          });
        })));
        return { matches: [...best.values()] };
      }
      const stem = word ? word.stem : (whole ?? '');
      if (!word) return { matches: this.terms.has(stem) ? await this.inText(stem, 1000, await this.near(stem)) : [] };
      const second = await this.near(stem);
      /** What classes add, and how much of an id their verb covers. @type {Bonus} */
      const bonus = new Map();
      const expansions = expand(word, this.terms, second, this.same);
      for (const all of await Promise.all(expansions.map(([term, quality, deep]) => this.inText(term, quality, deep ? second : undefined)))) offer(all);
      for (const [term, quality] of expansions) {
        const points = this.named.get(term);
        if (points === undefined) continue;
        for (const kind of this.classes) {
          if (!kind.words.has(term)) continue;
          const known = bonus.get(kind) ?? { value: 0, verb: 0 };
          bonus.set(kind, { value: Math.max(known.value, points * quality), verb: kind.verb === term ? Math.max(known.verb, quality) : known.verb });
        }
      }
      return { matches: [...best.values()], bonus };
    }

    /** @param {Plan} plan @returns {Promise<{entry: number, score: number}[]>} */
    async answer({ method, tokens, wanted, many }) {
      const found = await Promise.all(tokens.map((token) => this.find(token)));
      /** @type {Map<number, Sum>} */
      const sums = new Map();
      /** @returns {Sum} */
      const nothing = () => ({ mask: 0, value: 0, title: [0, 0], id: [0, 0], inTitle: 0, inId: 0, whole: false });
      tokens.forEach(({ mask }, at) => {
        for (const { entry, value, title, id, whole } of found[at].matches) {
          const sum = sums.get(entry) ?? nothing();
          sum.mask |= mask;
          sum.value += value;
          const several = at < wanted ? 0 : 1;
          sum.title[several] += title;
          sum.id[several] += id;
          if (title >= 900) sum.inTitle |= mask;
          if (id >= 900) sum.inId |= mask;
          sum.whole ||= whole === true;
          sums.set(entry, sum);
        }
      });
      const bonuses = found.slice(0, wanted).map(({ bonus }) => bonus);
      if (sums.size === 0) {
        const all = tokens.length === 0 && method !== '';
        for (let entry = 0; entry < this.deep; entry += 1) {
          if (all || bonuses.some((bonus) => bonus?.has(this.entries[entry].kind))) sums.set(entry, nothing());
        }
      }
      if (method !== '') for (const entry of [...sums.keys()]) if (this.entries[entry].kind.shown.method !== method) sums.delete(entry);
      bonuses.forEach((bonus, at) => {
        if (!bonus?.size) return;
        for (const [entry, sum] of sums) {
          const { value, verb } = bonus.get(this.entries[entry].kind) ?? { value: 0, verb: 0 };
          if (value === 0) continue;
          sum.value += sum.mask & (1 << at) ? Math.floor((value * 3) / 10) : value;
          sum.mask |= 1 << at;
          if (verb < 900) continue;
          sum.value += 80000;
          if (!this.entries[entry].led || sum.inId & (1 << at)) continue;
          sum.id[0] += verb;
          sum.inId |= 1 << at;
        }
      });
      /** Classes that do something else than what is asked for. @type {Set<Class>} */
      const other = new Set();
      for (const bonus of bonuses) {
        const asks = (/** @type {Class} */ kind) => (bonus?.get(kind)?.verb ?? 0) >= 900;
        if (this.classes.some(asks)) for (const kind of this.classes) if (!asks(kind) && kind.verb !== '' && kind.shown.method !== 'PUT') other.add(kind);
      }
      const count = (/** @type {number} */ mask) => mask.toString(2).replaceAll('0', '').length;
      const all = 2 ** wanted - 1;
      const most = Math.max(1, wanted);
      /** @param {number} covered @param {number} words @param {number} worth */
      const covers = (covered, words, worth) => (words > 0 ? Math.floor((Math.min(covered, words * 1000) * Math.floor(1024 / words) * worth) / 1024) : 0);
      const scored = [...sums].map(([entry, sum]) => {
        const { kind, words, ids, length } = this.entries[entry];
        const matched = count(sum.mask);
        const [title, id] = [Math.max(...sum.title), Math.max(...sum.id)];
        let score = Math.floor((sum.value * Math.floor((1024 * matched * matched) / (most * most))) / 1024);
        score = (score + covers(title, words, 384) + covers(id, ids, 256)) * (many ? kind.many : kind.factor);
        score = Math.floor((score * (64 - length)) / 64);
        if (other.has(kind)) score = Math.floor((score * 9) / 10);
        const thing = !['property', 'page', 'sdk'].includes(kind.shown.kind) && !(many && kind.shown.kind === 'type');
        const exactTitle = thing && words > 0 && sum.inTitle === all && title >= words * 900;
        const exactId = ids > 0 && sum.inId === all && id >= ids * 900;
        if (all > 0 && (exactTitle || exactId || sum.whole)) score += 1e15;
        return { entry, score, matched, length };
      });
      const least = Math.min(Math.ceil(wanted / 2), scored.reduce((best, { matched }) => Math.max(best, matched), 0));
      return scored
        .filter(({ matched }) => matched >= least)
        .sort((a, b) => b.score - a.score || a.length - b.length || a.entry - b.entry);
    }

    /** What only hits need. @param {number} entry */
    async text(entry) {
      const { block } = this.index;
      const [title, path, address, summary] = (await this.part(`text-${Math.floor(entry / block)}`)).slice(4 * (entry % block));
      return { title, path, address, summary };
    }

    /** @param {string} text @param {Options} [options] @returns {Promise<Results>} */
    async search(text, { kinds = [], apis = [], methods = [], categories = [], authentication = [], deprecated, limit = 20, offset = 0 } = {}) {
      let found = await this.answer(makePlan(text, true, this.stop));
      if (found.length === 0) found = await this.answer(makePlan(text, false, this.stop));
      /** @type {[Facet, string[]][]} */
      const filters = [['kind', kinds], ['api', apis], ['method', methods], ['category', categories], ['authentication', authentication]];
      /** Whether an entry passes all filters but one. @param {string} [skip] @returns {(hit: {entry: number}) => boolean} */
      const passes = (skip) => ({ entry }) => {
        const { kind } = this.entries[entry];
        return (
          filters.every(([name, wanted]) => skip === name || wanted.length === 0 || kind[name].some((value) => wanted.includes(value))) &&
          (skip === 'deprecated' || deprecated === undefined || deprecated === kind.shown.deprecated)
        );
      };
      /** @param {Facet} facet */
      const counted = (facet) => {
        /** @type {Map<string, number>} */
        const counts = new Map();
        for (const { entry } of found.filter(passes(facet))) {
          for (const value of this.entries[entry].kind[facet]) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        return new Map([...counts].sort(([a, p], [b, q]) => q - p || (a < b ? -1 : 1)));
      };
      const passing = found.filter(passes());
      const hits = passing.slice(offset, offset + Math.min(limit, MAX_LIMIT)).map(async ({ entry, score }) => ({
        ...this.entries[entry].kind.shown,
        ...(await this.text(entry)),
        score,
      }));
      const outdated = found.filter(passes('deprecated')).filter(({ entry }) => this.entries[entry].kind.shown.deprecated);
      return {
        hits: await Promise.all(hits),
        total: passing.length,
        facets: {
          kinds: counted('kind'), apis: counted('api'), methods: counted('method'), categories: counted('category'),
          authentication: counted('authentication'), deprecated: outdated.length,
        },
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
