/** Style of every page of captured content; inline, allowed by its hash. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fafaf9;--surface:#fff;--tint:#f3f4f5;--ink:#1b1f26;--soft:#545d6b;--line:#dfe2e6;--accent:#1d5bb8;--accent-tint:#e9f0fb;
--good:#12704a;--warn:#8a5700;--bad:#b3261e;--info:#5f43b2;--good-tint:#e5f3ec;--warn-tint:#fbf0dc;--bad-tint:#fbe9e7;--info-tint:#efeafa;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--bg:#13161b;--surface:#191d24;--tint:#20252e;--ink:#e7eaef;--soft:#a3acba;--line:#2e3540;--accent:#86b4ff;--accent-tint:#1d2b42;
--good:#63c997;--warn:#e3ab4a;--bad:#ff9285;--info:#bda8ff;--good-tint:#17301f;--warn-tint:#35290f;--bad-tint:#3a1d1a;--info-tint:#2a2340}}
*{box-sizing:border-box}
html{scroll-padding-top:16px;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
h1,h2,h3,h4,p,ul,ol,dl,figure{margin:0}
h1{font-size:15px;font-weight:600;color:var(--soft)}
h2{font-size:20px;line-height:1.3;font-weight:650;letter-spacing:-.01em}
h3{font-size:15px;font-weight:650}
h4{font-size:13px;font-weight:650;color:var(--soft);margin:16px 0 4px}
ul,ol{padding-left:20px}
li{margin:4px 0}
code,pre,.mono{font-family:var(--mono);font-size:13px}
code{overflow-wrap:anywhere}
pre{margin:0;padding:12px;background:var(--tint);border:1px solid var(--line);border-radius:8px;overflow:auto;max-height:480px;line-height:1.45;white-space:pre;tab-size:2}
.soft{color:var(--soft)}
.small{font-size:13px}
.sprite{position:absolute;width:0;height:0;overflow:hidden}
.icon{width:16px;height:16px;flex:none;vertical-align:-3px}
.hidden,[hidden]{display:none!important}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:8px;top:-60px;background:var(--surface);padding:8px 12px;border:1px solid var(--line);z-index:3}
.skip:focus{top:8px}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.info{color:var(--info)}.mute{color:var(--soft)}
.shell{max-width:1360px;margin:0 auto;padding:24px 16px 64px;display:grid;grid-template-columns:minmax(0,1fr);gap:24px}
main{min-width:0;display:grid;gap:40px;grid-template-columns:minmax(0,1fr)}
section{min-width:0;scroll-margin-top:16px}
section>h2{padding-bottom:8px;border-bottom:1px solid var(--line);margin-bottom:16px}
.lead{color:var(--soft);max-width:72ch;margin-bottom:12px}
.toc{font-size:13px}
.toc ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:4px 16px}
.toc li{margin:0}
.toc a{color:var(--soft);text-decoration:none;display:block;padding:4px 0}
.toc a:hover{color:var(--ink);text-decoration:underline}
.find{display:flex;gap:8px;align-items:center;margin-bottom:12px}
.find input{font:inherit;font-size:13px;width:100%;min-width:0;padding:8px 12px;color:var(--ink);background:var(--surface);border:1px solid var(--line);border-radius:8px}
.find output{font-size:13px;color:var(--soft);white-space:nowrap}
@media (min-width:1100px){.shell{grid-template-columns:208px minmax(0,1fr);gap:40px;padding:40px 32px 80px}
.toc{position:sticky;top:24px;align-self:start;max-height:calc(100vh - 48px);overflow:auto;padding:4px}
.toc ul{flex-direction:column;gap:0}.toc a{border-left:2px solid var(--line);padding:4px 12px}.toc a:hover{border-color:var(--accent);text-decoration:none}}
.panel{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:16px}
.head{display:grid;gap:20px;grid-template-columns:minmax(0,1fr)}
.meta{display:flex;flex-wrap:wrap;gap:4px 16px;color:var(--soft);font-size:13px}
.verdict{font-size:24px;line-height:1.3;font-weight:600;letter-spacing:-.015em;max-width:36ch;margin-top:8px;text-wrap:pretty}
.wanted{margin-top:12px;max-width:72ch}
.dial{display:grid;gap:16px;grid-template-columns:minmax(0,1fr)}
.dial svg{width:168px;height:auto;display:block;margin:0 auto}
.dial .track{stroke:var(--line)}.dial .arc{stroke:currentColor}
.dial text{fill:var(--ink);font:600 27px var(--sans);text-anchor:middle}
.dial .word{font:600 10px var(--sans);fill:var(--soft)}
.parts{list-style:none;padding:0;font-size:13px}
.parts li{display:grid;grid-template-columns:32px minmax(0,1fr);gap:8px;padding:4px 0;margin:0;border-top:1px solid var(--line)}
.parts li:first-child{border-top:0}
.parts b{text-align:right;font-weight:650}
.figures{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(180px,1fr))}
.figures .panel{padding:12px 16px}
.figures dt{font-size:13px;color:var(--soft)}
.figures dd{margin:0;font-size:20px;line-height:1.3;font-weight:650;text-wrap:balance}
.figures dd small{font-size:13px;font-weight:400;color:var(--soft)}
@media (min-width:760px){.verdict{font-size:30px}.dial{grid-template-columns:168px minmax(0,1fr);align-items:center}}
.facts{display:grid;grid-template-columns:minmax(0,1fr);gap:0;margin:0}
.facts>div{display:grid;grid-template-columns:minmax(0,1fr);gap:0 16px;padding:8px 0;border-top:1px solid var(--line)}
.facts>div:first-child{border-top:0}
.facts dt{color:var(--soft);font-size:13px;line-height:22px}
.facts dd{margin:0}
@media (min-width:560px){.facts>div{grid-template-columns:136px minmax(0,1fr)}}
.two{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr))}
.gap{margin-top:16px}
.panel .scroll{margin-top:8px}
.plain{list-style:none;padding:0}
.matrix tbody th{min-width:190px;overflow-wrap:anywhere}
.stack{display:grid;gap:8px;grid-template-columns:minmax(0,1fr)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--surface);max-width:100%}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{text-align:left;vertical-align:top;padding:8px 12px;border-top:1px solid var(--line);overflow-wrap:normal}
thead th{border-top:0;color:var(--soft);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
tbody tr:first-child>*{border-top:0}
thead+tbody tr:first-child>*{border-top:1px solid var(--line)}
td.num,th.num{text-align:right;white-space:nowrap}
td .long{min-width:24ch;max-width:64ch;overflow-wrap:anywhere}
details>summary{cursor:pointer;list-style:none}
details>summary::-webkit-details-marker{display:none}
.fold{border:1px solid var(--line);border-radius:8px;background:var(--surface)}
.fold>summary{padding:8px 12px;display:flex;gap:8px;align-items:center;font-weight:600}
.fold>summary::before,.endpoint>summary::before,.inline>summary::before{content:"";width:6px;height:6px;flex:none;border-right:1.5px solid var(--soft);border-bottom:1.5px solid var(--soft);transform:rotate(-45deg);margin:0 4px 0 2px}
.fold[open]>summary::before,.endpoint[open]>summary::before,.inline[open]>summary::before{transform:rotate(45deg)}
.fold>summary .soft{font-weight:400}
.fold>.body{padding:0 12px 12px}
.fold+.fold{margin-top:8px}
.inline>summary{display:inline-flex;align-items:center;gap:4px;color:var(--accent);font-size:13px;padding:4px 0}
.codebox{position:relative}
.copy{position:absolute;top:8px;right:8px;font:inherit;font-size:13px;color:var(--ink);background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:4px 12px;cursor:pointer}
.copy:hover{border-color:var(--accent)}
.group+.group{margin-top:24px}
.group>h3{margin-bottom:4px}
.endpoint{border:1px solid var(--line);background:var(--surface);margin-top:-1px}
.endpoint:first-of-type{border-radius:8px 8px 0 0}.endpoint:last-of-type{border-radius:0 0 8px 8px}.endpoint:first-of-type:last-of-type{border-radius:8px}
.endpoint>summary{display:grid;grid-template-columns:12px minmax(0,1fr);gap:4px 8px;align-items:center;padding:12px}
.endpoint>summary:hover{background:var(--tint)}
.endpoint>summary .row{display:grid;gap:4px 16px;grid-template-columns:minmax(0,1fr)}
.route{display:flex;gap:8px;align-items:baseline}
.method{font:600 12px/20px var(--mono);padding:0 6px;border-radius:4px;background:var(--tint);color:var(--ink);flex:none}
.template{font-family:var(--mono);font-size:13px}
.param{color:var(--info);background:var(--info-tint);border-radius:4px;padding:0 2px}
.chips{display:flex;flex-wrap:wrap;gap:4px 12px;font-size:13px;color:var(--soft);align-items:center}
.chips span{display:inline-flex;gap:4px;align-items:center}
@media (min-width:760px){.endpoint>summary .row{grid-template-columns:minmax(0,5fr) minmax(0,3fr) minmax(0,4fr);align-items:center}.chips{justify-content:flex-end}}
.endpoint>.body{padding:4px 16px 20px;border-top:1px solid var(--line);scroll-margin-top:72px}
.endpoint>.body:target{box-shadow:inset 3px 0 0 var(--accent)}
.tree,.tree ul{list-style:none;padding-left:16px;margin:0;font-size:13px}
.tree{padding-left:0}
.tree ul{border-left:1px solid var(--line);margin-left:4px;padding-left:12px}
.tree li{margin:0;padding:2px 0}
.tree i{font-style:normal;color:var(--soft)}
.tree em{font-style:normal;font-family:var(--mono);color:var(--good)}
.cards{display:grid;gap:12px;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr))}
.card h3{display:flex;gap:8px;align-items:center}
.tag{display:inline-block;font-size:12px;line-height:20px;font-weight:600;padding:0 8px;border-radius:10px;background:var(--tint);color:var(--soft)}
.tag.good{background:var(--good-tint);color:var(--good)}.tag.warn{background:var(--warn-tint);color:var(--warn)}.tag.bad{background:var(--bad-tint);color:var(--bad)}.tag.info{background:var(--info-tint);color:var(--info)}
.tags{display:flex;flex-wrap:wrap;gap:4px;margin:8px 0}
.cell{display:inline-flex;gap:4px;align-items:center;white-space:nowrap}
.ticks{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:4px 16px}
.ticks li{display:inline-flex;gap:4px;align-items:center;margin:0}
.bar{display:block;margin-top:5px;width:100%;min-width:160px;height:10px;background:var(--tint);border-radius:2px}
.bar rect{fill:var(--soft)}.bar .known{fill:var(--accent)}.bar .failed{fill:var(--bad)}
.waterfall td{padding:4px 12px;border-top:0}.waterfall td.at{width:45%}
.waterfall .label{max-width:56ch;min-width:20ch;overflow-wrap:anywhere}
.waterfall .act td{background:var(--accent-tint);color:var(--ink)}
.steps{list-style:none;padding:0;display:grid;gap:0;grid-template-columns:minmax(0,1fr)}
.steps.panel{padding:8px 16px}
.steps li{display:grid;grid-template-columns:20px minmax(0,1fr) auto;gap:8px;padding:8px 0;margin:0;border-top:1px solid var(--line)}
.steps li:first-child{border-top:0}
.narrow{max-width:720px;margin:0 auto;padding:40px 16px;display:grid;gap:20px;grid-template-columns:minmax(0,1fr)}
.narrow h1{font-size:24px;line-height:1.3;color:var(--ink);letter-spacing:-.015em}
.endmark{color:var(--soft);font-size:13px;border-top:1px solid var(--line);padding-top:16px}
@media print{:root{color-scheme:light}body{font-size:12px;background:#fff}.toc,.find,.copy,.skip,#timeline,#dependencies,#downloads{display:none!important}.shell{display:block;padding:0}section{margin-top:24px}
pre{white-space:pre-wrap;max-height:none}.panel,.endpoint,.fold,.scroll{break-inside:auto}.scroll{overflow:visible}details::details-content{content-visibility:visible!important;display:block!important;height:auto!important}}
`;
