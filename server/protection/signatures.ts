import type { Vendor } from './signature.ts';
import { akamai } from './vendors/akamai.ts';
import { alibabaWaf } from './vendors/alibaba-waf.ts';
import { altcha } from './vendors/altcha.ts';
import { anubis } from './vendors/anubis.ts';
import { arcaptcha } from './vendors/arcaptcha.ts';
import { arkose } from './vendors/arkose.ts';
import { arvancloud } from './vendors/arvancloud.ts';
import { awsWaf } from './vendors/aws-waf.ts';
import { azion } from './vendors/azion.ts';
import { azure } from './vendors/azure.ts';
import { baiduYunjiasu } from './vendors/baidu-yunjiasu.ts';
import { barracuda } from './vendors/barracuda.ts';
import { bunny } from './vendors/bunny.ts';
import { captchaEu } from './vendors/captcha-eu.ts';
import { castle } from './vendors/castle.ts';
import { cdn77 } from './vendors/cdn77.ts';
import { cheq } from './vendors/cheq.ts';
import { cloudflare } from './vendors/cloudflare.ts';
import { cloudflareTurnstile } from './vendors/cloudflare-turnstile.ts';
import { cloudfront } from './vendors/cloudfront.ts';
import { datadome } from './vendors/datadome.ts';
import { ddosGuard } from './vendors/ddos-guard.ts';
import { distil } from './vendors/distil.ts';
import { f5BigIp } from './vendors/f5-big-ip.ts';
import { f5Shape } from './vendors/f5-shape.ts';
import { fastly } from './vendors/fastly.ts';
import { fingerprint } from './vendors/fingerprint.ts';
import { forter } from './vendors/forter.ts';
import { fortiweb } from './vendors/fortiweb.ts';
import { friendlyCaptcha } from './vendors/friendly-captcha.ts';
import { fullstoryChallenge } from './vendors/fullstory-challenge.ts';
import { gcore } from './vendors/gcore.ts';
import { geetest } from './vendors/geetest.ts';
import { googleEdge } from './vendors/google-edge.ts';
import { hcaptcha } from './vendors/hcaptcha.ts';
import { huaweiWaf } from './vendors/huawei-waf.ts';
import { human } from './vendors/human.ts';
import { imperva } from './vendors/imperva.ts';
import { imunify360 } from './vendors/imunify360.ts';
import { jiasule } from './vendors/jiasule.ts';
import { kasada } from './vendors/kasada.ts';
import { keycdn } from './vendors/keycdn.ts';
import { kount } from './vendors/kount.ts';
import { link11 } from './vendors/link11.ts';
import { maxmind } from './vendors/maxmind.ts';
import { meetrics } from './vendors/meetrics.ts';
import { modsecurity } from './vendors/modsecurity.ts';
import { mtcaptcha } from './vendors/mtcaptcha.ts';
import { netacea } from './vendors/netacea.ts';
import { neteaseYidun } from './vendors/netease-yidun.ts';
import { netscaler } from './vendors/netscaler.ts';
import { ocule } from './vendors/ocule.ts';
import { qrator } from './vendors/qrator.ts';
import { queueIt } from './vendors/queue-it.ts';
import { radware } from './vendors/radware.ts';
import { reblaze } from './vendors/reblaze.ts';
import { recaptcha } from './vendors/recaptcha.ts';
import { riskified } from './vendors/riskified.ts';
import { ruishu } from './vendors/ruishu.ts';
import { safeline } from './vendors/safeline.ts';
import { securesphere } from './vendors/securesphere.ts';
import { seon } from './vendors/seon.ts';
import { sift } from './vendors/sift.ts';
import { sucuri } from './vendors/sucuri.ts';
import { tencentCaptcha } from './vendors/tencent-captcha.ts';
import { tencentWaf } from './vendors/tencent-waf.ts';
import { threatmetrix } from './vendors/threatmetrix.ts';
import { threatx } from './vendors/threatx.ts';
import { truvalidate } from './vendors/truvalidate.ts';
import { vaptcha } from './vendors/vaptcha.ts';
import { variti } from './vendors/variti.ts';
import { vercel } from './vendors/vercel.ts';
import { wallarm } from './vendors/wallarm.ts';
import { wangzhanbao360 } from './vendors/wangzhanbao-360.ts';
import { wordfence } from './vendors/wordfence.ts';
import { yandexSmartcaptcha } from './vendors/yandex-smartcaptcha.ts';
import { yundun } from './vendors/yundun.ts';

/** Every vendor we know, in the order in which findings of equal weight are told. */
export const VENDORS: readonly Vendor[] = [
  akamai,
  cloudflare,
  datadome,
  human,
  imperva,
  kasada,
  awsWaf,
  f5Shape,
  f5BigIp,
  recaptcha,
  hcaptcha,
  cloudflareTurnstile,
  arkose,
  radware,
  netacea,
  reblaze,
  link11,
  cheq,
  anubis,
  vercel,
  ddosGuard,
  ruishu,
  ocule,
  fullstoryChallenge,
  distil,
  meetrics,
  fastly,
  cloudfront,
  azure,
  googleEdge,
  sucuri,
  alibabaWaf,
  tencentWaf,
  huaweiWaf,
  baiduYunjiasu,
  jiasule,
  yundun,
  wangzhanbao360,
  safeline,
  arvancloud,
  qrator,
  variti,
  wallarm,
  azion,
  bunny,
  keycdn,
  cdn77,
  gcore,
  barracuda,
  fortiweb,
  imunify360,
  modsecurity,
  netscaler,
  securesphere,
  threatx,
  wordfence,
  geetest,
  friendlyCaptcha,
  captchaEu,
  mtcaptcha,
  altcha,
  vaptcha,
  arcaptcha,
  tencentCaptcha,
  neteaseYidun,
  yandexSmartcaptcha,
  fingerprint,
  threatmetrix,
  forter,
  riskified,
  sift,
  kount,
  seon,
  truvalidate,
  maxmind,
  castle,
  queueIt,
];
