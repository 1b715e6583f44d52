import { randomInt } from 'node:crypto';

const colours =
  `Amber Azure Blue Bronze Copper Coral Crimson Cyan Dusky Ebony Fawn Golden Green Grey Hazel Indigo Ivory Jade Lilac Lime
Mauve Mint Ochre Olive Orange Pearl Pink Plum Purple Red Rose Ruby Russet Sable Sand Scarlet Sepia Silver Slate Snow Tan Teal
Topaz Umber Violet White Yellow`.split(/\s+/);
const birds =
  `Albatross Avocet Bittern Bluetit Bulbul Bunting Buzzard Chaffinch Condor Coot Cormorant Crane Crossbill Cuckoo Curlew
Dipper Dotterel Dove Dunlin Eagle Egret Eider Falcon Finch Flamingo Gannet Godwit Goldcrest Goose Goshawk Grebe Grouse Gull Harrier
Hawk Heron Hobby Hoopoe Ibis Jackdaw Jay Kestrel Kingfisher Kite Kiwi Knot Lapwing Lark Linnet Loon Lorikeet Macaw Magpie Mallard Martin
Merlin Myna Nightjar Nuthatch Oriole Osprey Ouzel Owl Parakeet Partridge Pelican Penguin Petrel Pheasant Pigeon Pintail Pipit Plover
Pochard Puffin Quail Rail Raven Redstart Robin Roller Rook Ruff Sanderling Sandpiper Serin Shearwater Shrike Siskin Skua Snipe Sparrow
Spoonbill Starling Stilt Stint Stonechat Stork Swallow Swan Swift Teal Tern Thrush Toucan Turnstone Twite Wagtail Warbler Waxwing Weaver
Whimbrel Wigeon Woodcock Wren Wryneck`.split(/\s+/);

/** How many names there are without a number. */
const plain = colours.length * birds.length;
/** Of so many names at most one is in use, so that a new one is hardly ever taken. */
const spread = 20;

/** A new name that tells of nobody: `Blue Heron`. Where many are in use already it has a number: `Blue Heron 412`. */
export function pseudonym(inUse: number): string {
  const name = `${pick(colours)} ${pick(birds)}`;
  const digits = Math.ceil(Math.log10(Math.max(1, (inUse * spread) / plain)));
  return digits === 0 ? name : `${name} ${randomInt(2, 10 ** Math.max(2, digits))}`;
}

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] ?? '';
}
