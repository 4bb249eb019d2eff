// Every word that the page says. Another language is another file of this shape.
import type { Capacity, ConflictKind, DateBasis, EntityKind, Mode, NameRole, Stance } from '../api/generated'

const capacities: Record<Capacity, string> = {
  GOVERNMENT: 'governments',
  WORKERS: 'workers',
  EMPLOYERS: 'employers',
  NGO: 'NGOs',
  ILO: 'the ILO',
  INTERGOVERNMENTAL: 'intergovernmental bodies',
  AUTHORITY: 'authorities',
  COURT: 'courts',
  COMPANY: 'companies',
  MEDIA: 'media',
  INDIVIDUAL: 'individuals',
  CURATOR: 'curators',
  OTHER: 'others',
}
const stances: Record<Stance, string> = { ASSERTED: 'says so', DENIED: 'denies it', WITHHELD: 'declines to say' }
const modes: Record<Mode, string> = { FACT: '', ALLEGED: 'alleged', PLANNED: 'planned', POSSIBLE: 'possible', HYPOTHETICAL: 'hypothetical' }
const bases: Record<DateBasis, string> = { STATED: 'the words give the date', CONTEXT: 'the date is from the words around', DOCUMENT: 'the date is that of the document' }
const nameRoles: Record<NameRole, string> = { PREFERRED: 'preferred', ALIAS: 'also', ABBREVIATION: 'abbreviation', FORMER: 'former', DESCRIPTION: 'description' }
const conflictKinds: Record<ConflictKind, string> = {
  STANCE: 'One asserts what another denies',
  VALUE: 'Two values of what has one',
  DATE: 'Two dates of one happening',
  GROUND: 'Two grounds of one decision',
  STATUS: 'Two relations that exclude each other',
  CURATED: 'A curator says that they clash',
}
const stands = { asserts: 'asserts', denies: 'denies', withholds: 'declines to say' }
/** Kinds whose identifiers do not read as words; the others are read from the schema. */
const kinds: Partial<Record<EntityKind, string>> = { ILO_BODY: 'ILO body' }
const why: Record<string, string> = {
  EXACT: 'the same name',
  FOLDED: 'the same name, in another case or script',
  PREFIX: 'the name begins so',
  TOKENS: 'the name has these words',
  INITIALS: 'the initials match',
  FUZZY: 'spelt nearly so',
}

const number = (n: number) => n.toLocaleString('en')
const many = (n: number, one: string, more: string) => `${number(n)} ${n === 1 ? one : more}`

/** dated says a date of EDTF in words, as far as words are clearer. */
function dated(edtf: string): string {
  const one = (text: string) => text.replace(/^(.*)[~%]$/, 'about $1').replace(/^(.*)\?$/, '$1, uncertain')
  const [from = '', to] = edtf.split('/')
  if (to === undefined) return one(from)
  if (to === '' || to === '..') return `from ${one(from)} on`
  if (from === '' || from === '..') return `until ${one(to)}`
  return `${one(from)} to ${one(to)}`
}

/** worded says a value in words: P4Y as 4 years. */
function worded(value: string): string {
  const units: Record<string, [string, string]> = { Y: ['year', 'years'], M: ['month', 'months'], W: ['week', 'weeks'], D: ['day', 'days'] }
  if (!/^P(\d+[YMWD])+$/.test(value)) return value
  return [...value.matchAll(/(\d+)([YMWD])/g)].map(([, n, unit = '']) => many(Number(n), ...(units[unit] ?? ['', '']))).join(', ')
}

/** listed names some of many. */
const listed = (names: string[]) => (names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', '))

export const en = {
  number,
  date: dated,
  value: worded,
  title: 'Tripartite',
  tagline: 'Who says what about labour rights, and who says otherwise',
  skip: 'Skip to the picture',
  views: { graph: 'Picture', table: 'Table', conflicts: 'Contradictions', positions: 'Positions', timeline: 'Timeline' },
  capacities,
  stances,
  modes,
  bases,
  nameRoles,
  conflictKinds,
  kinds,
  why,
  count: {
    claims: (n: number) => many(n, 'claim', 'claims'),
    things: (n: number) => many(n, 'thing', 'things'),
    lines: (n: number) => many(n, 'relation', 'relations'),
    conflicts: (n: number) => many(n, 'contradiction', 'contradictions'),
    undated: (n: number) => `${many(n, 'claim', 'claims')} without a date among them`,
    withheld: (n: number) => `${many(n, 'claim', 'claims')} not shown to readers`,
    neighbours: (n: number, claims: number) => (claims === n ? `${n}` : `${n} · ${many(claims, 'claim', 'claims')}`),
  },
  search: {
    label: 'Search people, unions, courts, laws …',
    none: (text: string) => `Nothing is called “${text}”. Try fewer letters, or another spelling: Latin and Cyrillic both work.`,
    more: (n: number) => `and ${number(n)} more: type on`,
    matched: (matched: string, name: string, why: string) => (matched === name ? why : `“${matched}”: ${why}`),
    found: (n: number) => `${number(n)} found`,
  },
  lens: {
    title: 'Lens',
    change: 'Change',
    close: 'Done',
    reset: 'Look without a lens',
    speakers: 'Who speaks',
    filter: 'Filter speakers',
    capacities: 'As what they speak',
    documents: 'In which documents',
    time: 'As of when',
    any: 'any date',
    slider: 'What happened by this year, or held then',
    histogram: 'Claims per year',
    bar: (year: number, n: number) => `${year}: ${many(n, 'claim', 'claims')}`,
    undated: (n: number) => `${many(n, 'claim', 'claims')} without a year; they stay in sight at any date.`,
    direct: 'First-hand speech only',
    undisputed: 'Undisputed claims only',
    words: {
      said: 'What is said by',
      anyone: 'anyone',
      and: ', ',
      or: ' or ',
      as: (c: string) => ` as ${c}`,
      anywhere: 'in any document',
      inDocuments: (d: string) => `in ${d}`,
      anyTime: 'of any date',
      asOf: (d: string) => `as of ${d}`,
      direct: ', first-hand',
      undisputed: ', undisputed',
    },
  },
  canvas: {
    label: 'Picture of things and of who ties them',
    keys: 'Arrow keys go from thing to thing. Enter picks, Space picks one more, O draws all around, Escape lets go, plus and minus zoom, 0 brings all into sight. The table shows the same in rows.',
    thing: (name: string, kind: string, lines: number) => `${name} · ${kind} · ${many(lines, 'relation', 'relations')} drawn`,
    line: (statement: string, by: string[], denying: string[]) => {
      const said = [by.length && `say ${listed(by)}`, denying.length && `deny ${listed(denying)}`].filter(Boolean)
      return `${statement}: ${said.join('; ')}`
    },
    tools: 'Tools of the picture',
    undo: 'Undo',
    undoLast: 'Undo the last step',
    clear: 'Clear',
    fit: 'All in sight',
    closer: 'Closer',
    farther: 'Farther',
    layout: 'Layout',
    layouts: { force: 'Force', radial: 'Rings', layered: 'Columns' },
    legend: 'Legend',
    lines: 'Lines: who says it',
    kinds: 'Shapes: what it is',
    strokes: { plain: 'one voice says so', doubled: 'several voices agree', dashed: 'disputed', struck: 'somebody denies it' },
    help: 'Help',
    gestures: [
      ['Click', 'picks a thing or a line: who says what stands beside'],
      ['Shift-click', 'picks several; two picked offer the path between them'],
      ['Double-click', 'draws all around a thing'],
      ['Drag', 'moves a thing and pins it'],
      ['Arrow keys', 'go from thing to thing'],
      ['Enter, Space', 'pick one, pick one more'],
      ['O', 'draws all around'],
      ['+, −, 0', 'closer, farther, all in sight'],
      ['Ctrl Z', 'takes back the last step'],
    ],
    export: 'Export',
    exports: { png: 'PNG, as seen', svg: 'SVG, as seen', gexf: 'GEXF, for Gephi', csv: 'CSV of relations' },
    link: 'Copy link',
    copied: 'The link is copied.',
    notCopied: 'Copy the address of this page instead.',
    drawn: (things: string, lines: string) => `${things}, ${lines}`,
    omitted: (n: number) => `${number(n)} more are left out of the picture`,
    pathless: (a: string, b: string) => `No path ties ${a} to ${b} under this lens.`,
    empty: 'Nothing is drawn yet',
    emptyHint: 'Search for a person, a union, a court, a law: it will stand here with what ties it to others. Or take the example.',
    example: 'Take the example',
    loading: 'Asking …',
    noWebGL: 'This browser draws no WebGL. The table shows the same things and relations.',
  },
  panel: {
    label: 'What is picked',
    close: 'Close',
    names: 'Names',
    moreNames: (n: number) => (n > 0 ? `${n} more, and where they stand` : 'Where they stand'),
    relations: 'Relations',
    open: (relation: string, n: number) => `Draw ${n} by “${relation}”`,
    drawn: 'drawn',
    around: 'Draw all around it',
    pin: 'Pin',
    unpin: 'Unpin',
    drop: 'Take out',
    claims: 'Claims',
    says: 'What it says itself',
    more: 'More',
    said: (by: string) => `Said by ${by}`,
    asDelegate: (name: string) => `through ${name}`,
    reported: (chain: string) => `reported by ${chain}`,
    about: 'about',
    paragraph: (n: number) => `paragraph ${n}`,
    characters: (a: number, b: number) => `characters ${a}–${b}`,
    context: 'context',
    noWords: (where: string) => `The words are not at hand here. They stand in ${where}.`,
    protected: 'Protected: the source gives a pseudonym, and nothing here identifies the person.',
    unnamed: 'Nobody named it; this describes it.',
    contradicted: 'Contradicted:',
    wholeParagraph: 'Whole paragraph',
    retracted: (why: string) => `Withdrawn: ${why}`,
    several: (n: number) => `${n} picked`,
    path: 'Show what ties the two',
    pinAll: 'Pin all',
    dropAll: 'Take out all',
    group: (n: number, relation: string, of: string) => `${number(n)} things tied to ${of} by “${relation}”`,
    groupHint: 'So many are drawn as one. Pick those that you want to see, or draw them all.',
    drawAll: 'Draw them all',
    draw: 'Draw',
    timeline: 'Timeline',
    positions: 'Positions',
    none: 'No claims under this lens.',
  },
  conflicts: {
    title: 'Contradictions',
    intro: 'Claims that cannot all be right, each with its voices side by side. The graph takes no side.',
    none: 'No contradictions under this lens.',
    kind: 'In what they clash',
    all: 'All',
    draw: 'Draw it',
    rule: 'found by a rule',
    curated: 'found by a curator',
    of: (shown: number, all: number) => `${shown} of ${all}`,
    about: (name: string) => `Those about ${name}, and those that it speaks in.`,
    one: 'One contradiction.',
    showAll: 'Show all',
  },
  positions: {
    title: 'Positions',
    intro: 'Who asserts, denies or declines to say what is said of something, and who is silent while speaking of it.',
    choose: 'Search for what the positions are about, or pick one of these:',
    search: 'Positions on something else …',
    party: 'Party',
    silent: 'Silent on this',
    marks: stands,
    stand: (party: string, stand: keyof typeof stands, n: number) => `${party} ${stands[stand]}: ${many(n, 'claim', 'claims')}`,
    none: 'Nobody takes a position on it under this lens.',
    of: (name: string) => `On ${name}`,
  },
  timeline: {
    title: 'Timeline',
    intro: 'Dated claims, a lane for each party; sessions that the parties spoke of are marks.',
    choose: 'Search for a person, a union or a case to see its time, or pick one of these:',
    search: 'Timeline of something else …',
    bars: { asserted: 'says so', disputed: 'disputed', denied: 'denies it' },
    none: 'No dated claims under this lens.',
    undated: (n: number) => `${many(n, 'claim', 'claims')} of it without a date ${n === 1 ? 'is' : 'are'} not drawn.`,
    of: (name: string) => `Timeline of ${name}`,
    party: 'Party',
    marks: 'Sessions',
  },
  table: {
    title: 'Table',
    intro: 'All that the picture shows, to sort and to read line by line.',
    things: 'Things',
    lines: 'Relations',
    name: 'Name',
    kind: 'Kind',
    ties: 'Relations drawn',
    subject: 'Subject',
    relation: 'Relation',
    object: 'Object',
    says: 'Who says so',
    denies: 'Who denies it',
    claims: 'Claims',
    disputed: 'Disputed',
    yes: 'yes',
    no: 'no',
    date: 'Dates',
    picked: 'Picked',
    pick: (name: string) => `Pick ${name}`,
    csv: 'CSV of this table',
    none: 'Nothing is drawn yet: search first.',
    cut: (drawn: number, all: number) => `${number(drawn)} of ${number(all)} drawn, in the order chosen; the CSV has all.`,
    sort: (column: string) => `Sort by ${column}`,
  },
  tour: {
    label: 'First visit',
    next: 'Next',
    skip: 'Skip',
    done: 'Look around',
    step: (n: number, of: number) => `${n} of ${of}`,
    again: 'Show me around',
    steps: (from: string, to: string) => [
      { title: 'One leader, one session', text: `${from} led a union and was convicted. This is what ties that name to a session: ${to}.` },
      { title: 'Lines have voices', text: 'Each line is something that somebody says; its colour tells who. Two strands: several agree. Dashes: disputed. A stroke through it: somebody denies it. Here is one line opened, with the words of all who speak of it.' },
      { title: 'Choose whom to hear', text: 'The sentence above the picture is the lens: who speaks, in which documents, as of when. Change it, and the picture follows. Every picture is a link that you can share.' },
    ],
  },
  theme: { dark: 'Dark', light: 'Light', change: (to: string) => `Change to the ${to} theme` },
  unknown: (id: string) => `This graph knows nothing by the id ${id}.`,
  error: {
    title: 'That went wrong',
    unreachable: 'The server does not answer. It may be starting, or stopped.',
    again: 'Ask again',
  },
  footer: (entities: number, claims: number, conflicts: number, documents: number) =>
    `${many(entities, 'entity', 'entities')}, ${many(claims, 'claim', 'claims')}, ${many(conflicts, 'contradiction', 'contradictions')}, ${many(documents, 'document', 'documents')}`,
}
