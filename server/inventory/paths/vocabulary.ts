/**
 * Words that APIs use for their own structure. Data only: `ACTION_WORDS` never stand for a value, the rest of
 * `VOCABULARY` seldom does. The words also teach the letter pairs that tell a word from a random token.
 */
const words = (text: string): string[] => text.trim().split(/\s+/);

export const ACTION_WORDS: ReadonlySet<string> = new Set(
  words(`
  about accept activate active add aggregate aggregated all allow answer any api apis append apply approve archive assign auth
  authorize autocomplete available batch bulk callback cancel categories category check checkout claim clear clone close
  complete confirm connect content convert copy count create csv current custom daily deactivate default delete demo deny disable
  disconnect discover dismiss download draft drafts duplicate edit enable estimate everyone execute export exports false
  featured feed fetch filter filters find finish first follow forgot free generate get global graphql grant groupby health healthz
  help hidden history hot import imports inbox index info init install invite item items join json last latest leave like limits
  list live local lock login logout lookup manual mark me members merge metadata mine monthly move my new newest next now
  oauth oauth2 onboarding open options order overview password pause permissions ping popular preferences preview previous
  private process profile progress promote public publish query random read ready recent recommendations recommended
  refresh refund register regional reject related release remove rename reopen reorder replace report request
  reset resend resolve restart restore resume retry revert reviews revoke root rotate rpc run save schema search self send session
  set settings setup share sign signin signout signup similar sort start starred state stats status stop stream submit
  subscribe suggest suggestions summary suspend switch sync system tags tail template test today token tokens top total track
  transfer trending trigger true types undo unread unsubscribe unlock update upload upsert usage validate values verify version
  versions view views vote weekly whoami xml yearly yesterday
  `),
);

const NOUNS = words(`
  access account accounts action actions activity activities address addresses administrator administrators admin admins agent agents
  agreement agreements alarm alarms album albums alert alerts alias aliases allocation allocations amount analysis analytics annotation
  annotations annual anomaly announcement announcements answers app application applications appointment appointments approval approvals apps area
  areas article articles artist artists asset assets assignee assignees assignment assignments association associations attachment attachments attempt attempts
  attendee attendees attribute attributes attribution auction audience audiences audit audits author authors authentication authorization autoscaler autoscalers
  autoscale backend backends backup backups badge badges balance balances banner banners basket baskets bid bids billing binding
  bindings blob blobs block blocks blog blogs board boards book booking bookings bookmark bookmarks books
  bot bots branch branches brand brands browser browsers bucket buckets budget budgets build builds bundle bundles
  business businesses cache caches calendar calendars call calls campaign campaigns capacity card cards cart carts
  case cases catalog catalogs catalogue cell cells certificate certificates chain change changes channel channels chapter chapters
  charge charges chart charts chat chats children choice choices city cities class classes client clients
  cloud cluster clusters code codes collaborator collaborators collection collections color colors column columns command commands comment
  comments commit commits commitment commitments community communities company companies comparison compatibility component components compute condition conditions
  config configs configuration configurations connection connections connector connectors console consumer consumers contact contacts container containers contents
  context contract contracts contributor contributors control controls conversation conversations cookie correction corrections cost costs countries country
  coupon coupons course courses credential credentials credit credits currencies currency customer customers dashboard dashboards data
  database databases dataset datasets date dates day days deal deals definition definitions delivery deliveries department
  departments dependencies dependency deployment deployments detail details detection device devices diagnostic diagnostics diff digest directory directories discount
  discounts discussion discussions disk disks dispute disputes document documents domain domains downtime downtimes driver drivers
  edition education element elements email emails employee employees endpoint endpoints engagement engine engines entities entity entries entry
  environment environments episode episodes error errors event events evidence exception exceptions exchange execution executions experiment experiments explore
  extension extensions extra extras facet facets factor factors family favorite favorites feature features federation fee
  feedback field fields file files firewall firewalls flag flags fleet flight flights flow flows folder folders
  follower followers following font footer forecast forecasts forge form format formats forum forums forwarding fragment friend friends
  function functions game games gateway gateways genre genres gift gifts goal goals graph graphs
  group groups guest guests guide guides header headers home hook hooks host hosts hotel hotels
  hour hourly hours hub icon icons id identities identity ids image images impression impressions incident incidents
  indexes indicator ingest ingested insight insights instance instances instruction instrument integration integrations interaction interactions interface interfaces interval
  inventory investment invitation invitations invites invoice invoices issue issues iteration iterations job jobs journal
  journals key keys keyword keywords kind kinds knowledge kubernetes label labels language languages layer layers layout lead
  leads league learning ledger lesson lessons level levels library license licenses line lines link links
  listing listings lists load loan location locations locale locales log logging logs machine machines mail mailbox
  management manager managers manifest map maps market marketing markets match matches material media medium meeting
  meetings member membership memberships memory menu menus merchant merchants merge message messages method methods metric metrics milestone
  milestones mobile model models module modules monitor monitoring monitors month months movie movies music mutation
  name names namespace namespaces navigation network networks news newsletter node nodes note notebook notebooks notes
  notification notifications number object objects offer offers office offices operation operations operator operators opportunity opportunities option orders
  organisation organisations organization organizations origin origins outage output outputs owner owners package packages page pages parameter
  parameters parent parents part participant participants parties partner partners partition party passenger path paths patient patients pattern payment payments
  payout payouts people performance period permission person phone phones photo photos pipeline pipelines place places plan planning plans
  platform platforms player players playlist playlists plugin plugins podcast point points policies policy poll polls pool pools
  port portal portfolio portfolios position positions post posts practice prediction predictions presence price prices pricing principal principals priorities priority
  problem problems product products profiles profiling program programs project projects promotion promotions prompt properties property proposal proposals
  provider providers proxies proxy publication publications publisher purchase purchases push quantity queries question questions queue queues quiz quota quotas
  quote quotes range rate rates rating ratings reaction reactions reason reasons receipt receipts recipe recipes recipient recipients
  record records recording recordings reference references referral region regions registration registrations registry relation relations relationship
  relationships releases reminder reminders renderer repo report_definitions reports repositories repository requests requirement requirements reservation reservations reset
  resource resources response responses restaurant restaurants restriction restrictions result results resume retention retrieve return returns revenue review reviewer revision revisions reward
  rewards right rights risk risks role roles room rooms route router routers routes routing row rows rule rules ruleset
  runner runners runs runtime safety sale sales sample samples scale scan scans schedule schedules schemas school schools scope
  scopes score scores scraper screen screens script scripts season seasons seat seats secret secrets section sections sector
  security segment segments seller sellers sequence series server serverless servers service services sessions share shares sheet sheets shelf shelves
  shift shipment shipments shipping shop shops show shows signal signals signature signatures site sites sku skus slide slides slot
  slots snapshot snapshots social software solution solutions source sources space spaces speaker spec sponsor sport sports sprint
  sprints stage stages staff standing standings statement statements states station stations statistic statistics step steps stock stocks storage
  store stores stories story strategy stream streams structure student students style styles subject subjects submission submissions
  subnet subnetwork subnetworks subscriber subscribers subscription subscriptions suite suites supplier suppliers support survey surveys symbol symbols synthetics table tables
  tag target targets task tasks tax taxes teacher team teams telemetry tenant tenants term terms tests text theme
  themes thread threads threat ticket tickets time timeline timelines timeseries timezone timezones tool tools topic topics
  tournament trace traces track tracks trade trades traffic training transaction transactions transactions transcript translation translations trip trips type
  unit units update updates uploads uptime uptimes url urls user username users usergroup utility vault vehicle
  vehicles vendor vendors venue venues video videos violation violations virtual visit visitor visitors visits visualization volume volumes
  vote votes voucher vouchers vulnerabilities vulnerability wallet wallets warehouse warehouses watch watcher watchers weather web webhook
  webhooks website websites week weeks widget widgets wiki wishlist wishlists word words work worker workers workflow workflows
  workspace workspaces year years zone zones
  after and at before between by for from has in is not of on or out to up with without
  analyzed basic big billable can cancelled closed completed deleted enabled entitlement expired external failed full fun hard hidden high historical
  indexed instant internal invalid large legacy light long low main main max min minimal mini mixed native old online offline opened optimized organic original
  partial pending personal physical plain portable premium primary pro pull quick raw real recurring remote resolved safe secondary secure
  shared short simple single small smart special standard static super temporary third third unknown unique upcoming used valid
  archive array avatar background balance binary bound button cancel click color compare component compress consent contain core correct cross
  dark declare deep delegate deploy depth detect develop direct distribute drive drop dynamic effect embed empty encrypt end enter event example exist expand
  extract family fast fill fix flat forward found frame free friend front gallery gather gray green ground handle head hero high
  history human hybrid image impact include income increase initial inline input insert inspect intent invoke key label launch lease left lens light load logic
  maintain major manage margin mask master measure mesh migrate mobile month motion name nest night normal notice observe office organic outgoing output
  owner pack paper parent patch peer peering pick pipeline planner plate power present pressure previous price print prior private produce promise protect provide provision public
  quality query quiet rank reach receive recommend recover reduce refer reflect register relate reload rely render repeat reserve reset respond rest
  return reveal right role rule safe satellite scene scheme science seal secure select sense separate serial serve service set severity shape signal silver site
  slow snap sound special split spring square stack standard statement stay stop storage story strong subscribe success sum supply surface survey switch table tail
  teach text theme thing throttle throw time title topology touch tour trade traffic trail train transform translate transport travel tree
  trial truck trust turn unit update upgrade user vacation value variable variant vector verbose verify vertical video visual voice walk wave weight white
  wide window winter wire woman world write zoom
`);

/** Words with digits that name techniques, not things. */
export const TECHNICAL_WORDS: ReadonlySet<string> = new Set(
  words(`oauth2 oauth1 s3 ec2 k8s i18n l10n a11y p2p b2b b2c c2c h264 h265 x509 base64 utf8 md5 sha1 sha256 sha512 mp3 mp4 2fa u2f
  web3 http2 http3 ipv4 ipv6 3d 2d 4k 360 s2s saml2 route53 log4j oauth20 openid2 v8 m3u8 fido2 e2e 1st 2nd 3rd 24h 7d 30d 1h ga4 gtm4
  win32 x86 x64 arm64 amd64 es6 html5 css3 geo2 ec2s vpc2 ai4 d3 a2a g2 o365 office365 dynamics365 auth0 neo4j db2 g6`),
);

export const VOCABULARY: ReadonlySet<string> = new Set([...ACTION_WORDS, ...NOUNS]);

/** ISO 639-1 codes that sites use as a path prefix. */
export const LANGUAGES: ReadonlySet<string> = new Set(
  words(`ar bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ka kk ko lt lv mk ms mt nb nl nn no pl pt ro ru
  sk sl sq sr sv sw ta th tl tr uk ur uz vi zh`),
);

/** Endings of a last segment that name a format. */
export const FORMATS: ReadonlySet<string> = new Set(
  words(`json json5 jsonp xml csv tsv html htm xhtml txt text md pdf rss atom ics vcf yaml yml ndjson jsonl geojson xls xlsx doc docx
  php asp aspx ashx asmx jsp do action cgi svc m3u8 mpd proto pb gz zip tar js mjs css map png jpg jpeg gif webp svg ico mp4 webm mp3 wav
  woff woff2 ttf`),
);
