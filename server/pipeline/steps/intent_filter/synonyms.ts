/**
 * Words that sites use for one thing, first the plainest. A word may stand in several groups. Data only, in singular.
 */
export const SYNONYMS: readonly (readonly string[])[] = [
  ['product', 'item', 'sku', 'good', 'merchandise', 'catalog', 'catalogue', 'variant', 'asin', 'pdp'],
  ['price', 'pricing', 'cost', 'amount', 'fare', 'tariff', 'fee', 'msrp', 'rrp', 'discount'],
  ['currency', 'money'],
  ['review', 'rating', 'feedback', 'testimonial', 'opinion', 'ugc'],
  ['rating', 'score', 'star', 'stars', 'grade'],
  ['search', 'query', 'find', 'lookup', 'finder', 'browse', 'keyword', 'term', 'plp'],
  ['suggestion', 'suggest', 'autocomplete', 'typeahead', 'completion', 'autosuggest'],
  ['result', 'hit', 'match', 'entry', 'record'],
  ['cart', 'basket', 'bag', 'trolley'],
  ['order', 'purchase', 'checkout', 'transaction'],
  ['availability', 'available', 'stock', 'inventory', 'quantity'],
  ['listing', 'property', 'rental', 'classified', 'offer', 'advert', 'estate', 'home', 'apartment', 'vehicle'],
  ['job', 'vacancy', 'position', 'career', 'opening', 'posting', 'role', 'requisition'],
  ['salary', 'wage', 'compensation', 'pay'],
  ['company', 'employer', 'organization', 'organisation', 'business', 'brand'],
  ['brand', 'manufacturer', 'maker', 'label'],
  ['feed', 'timeline', 'stream', 'wall', 'activity'],
  ['post', 'article', 'story', 'news', 'entry', 'blog', 'tweet', 'status', 'update', 'thread'],
  ['comment', 'reply', 'answer', 'discussion', 'response'],
  ['like', 'reaction', 'vote', 'upvote', 'favorite', 'heart', 'helpful'],
  ['author', 'user', 'writer', 'creator', 'owner', 'member', 'profile', 'poster', 'reviewer', 'customer', 'nickname'],
  ['user', 'account', 'profile', 'member', 'person', 'people', 'customer', 'contact'],
  ['contact', 'phone', 'email', 'telephone'],
  [
    'location',
    'place',
    'address',
    'city',
    'region',
    'geo',
    'area',
    'lat',
    'lng',
    'latitude',
    'longitude',
    'coordinate',
    'zip',
  ],
  ['store', 'shop', 'branch', 'outlet', 'retailer'],
  ['seller', 'vendor', 'merchant', 'supplier', 'dealer'],
  ['category', 'department', 'section', 'taxonomy', 'collection', 'genre', 'topic'],
  ['filter', 'facet', 'refinement', 'attribute'],
  ['image', 'photo', 'picture', 'thumbnail', 'gallery', 'media', 'img'],
  ['media', 'image', 'video', 'photo', 'attachment'],
  ['video', 'clip', 'movie', 'episode', 'film'],
  ['description', 'detail', 'summary', 'body', 'content', 'text', 'overview', 'specification', 'spec'],
  ['text', 'body', 'content', 'message', 'comment'],
  ['name', 'title', 'headline', 'label', 'subject'],
  ['date', 'time', 'created', 'published', 'posted', 'updated', 'timestamp', 'at', 'day', 'when'],
  ['url', 'link', 'href', 'permalink', 'slug'],
  ['total', 'count', 'number'],
  ['delivery', 'shipping', 'shipment', 'fulfillment', 'dispatch'],
  ['event', 'show', 'concert', 'gig', 'performance', 'match', 'game', 'fixture'],
  ['ticket', 'seat', 'admission'],
  ['flight', 'fare', 'itinerary', 'trip', 'airline', 'journey'],
  ['hotel', 'room', 'stay', 'accommodation', 'lodging', 'property'],
  ['booking', 'reservation', 'appointment', 'slot'],
  ['weather', 'forecast', 'temperature'],
  ['stock', 'quote', 'share', 'ticker', 'symbol', 'security'],
  ['issue', 'ticket', 'bug', 'task', 'incident', 'case'],
  ['project', 'repository', 'repo', 'workspace', 'board'],
  ['document', 'file', 'attachment', 'paper', 'pdf'],
  ['song', 'track', 'music', 'album', 'playlist'],
  ['recipe', 'dish', 'meal', 'menu', 'food'],
  ['team', 'club', 'squad', 'group'],
  ['message', 'chat', 'conversation', 'inbox', 'mail'],
  ['notification', 'alert'],
  ['invoice', 'bill', 'payment', 'receipt'],
  ['statistic', 'metric', 'stat', 'analytics', 'insight', 'report'],
  ['translation', 'language', 'locale'],
];

/** Words of an intent that name no data. */
export const INTENT_FILLERS: ReadonlySet<string> = new Set(
  `get fetch want need collect scrape extract download read list show give see all every any each data information info api apis endpoint
  page pages site website web from into with their its his her my our your via per of please would like able using use make let go through
  newest latest recent new usually know learn pull retrieve obtain gather grab load view display access export save monitor track
  following several many more most some various including include such also so that which what who where how and or then one two
  name_of kind words word by sentence`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words of an intent that ask for a change on the site. */
export const WRITE_WORDS: ReadonlySet<string> = new Set(
  'add create buy order checkout submit send upload delete remove update edit change cancel book reserve pay register subscribe publish reply vote follow apply'.split(
    ' ',
  ),
);
