// The words of codes that are read aloud: 512, so each is 9 bits. Short, spelled as they sound, and unlike each other
// in both (words.test.ts). Knows nothing of codes.

/** The words of codes, in alphabetical order. None is the beginning of another: the last letter of a word ends it. */
export const codeWords: readonly string[] = `
  acorn acrobat album almond alpaca anchor antenna apple apricot apron arrow artist atlas attic avocado bacon badger
  bagel baker balcony ballet balloon bamboo banana banjo basil basket bathtub beard beaver bedroom beetle blanket
  blossom boat bobcat bobsled bonfire bonsai boulder bracket branch breeze bridge bronze broom brush bubble bucket
  buffalo bulldog burger butter button cabbage cabin cactus camel camera candle canoe canvas canyon captain caravan
  carpet cartoon cashew castle catalog catfish cavern ceiling celery cello chalk chapel chariot cheese cheetah chef
  cherry chicken chimney chisel chutney cider cinema circus citadel clay clinic clock cloud clover cobalt cobra
  cobweb cockpit coconut coffee comedy comet compass concert condor cookie copper coral corner cosmos cottage cotton
  cougar cowboy coyote cradle crane crater cricket crocus crystal cushion cyclone daisy dancer diamond diploma disco
  doctor dolphin domino donkey dragon dream drizzle dungeon dusk eagle earring easel echo eclipse editor elbow
  emerald empire engine fabric falcon farmer feather ferret ferry fiction fiddle finger firefly flag flash flint
  flute folder forest fork fossil freckle freight frog frost fudge funnel furnace galaxy gallery garage garlic gecko
  giant giraffe glacier glass glider globe goggles gondola granite grape gravel gravy guard guitar halo hammer
  hamster harp harvest hatchet hawk hazel helmet heron highway hobby hockey holiday honey hoof horizon hornet horse
  hotel hurdle iceberg icicle igloo iguana indigo iris iron island ivory jackal jacket jaguar jasmine jelly jersey
  jewel jigsaw journal juggler juice jumper jungle jupiter kayak kettle kimono kingdom kiosk kitchen kiwi koala
  ladder lagoon lake lamp lantern laptop larch laser lasso laundry lemon lentil leopard library lilac lily lime
  lizard lobster locket locust magnet magpie mailbox mammoth mango mansion maple marble market marsh mascot meadow
  melody melon memory mercury mermaid meteor milk mineral mint mirror mitten mocha moon mosaic moth mouse muffin
  museum mustard napkin nectar needle nephew neptune nest nickel north novel nugget nutmeg oasis oatmeal ocean
  octopus olive omelet onion opal orange orbit orchard organ origami ostrich otter oven oxygen oyster padlock paint
  palace palm pancake panda panther papaya paper paprika parcel park parrot parsley pasta pastry patio peacock peanut
  pearl pelican pencil penguin perfume phone photo piano pickle picnic picture pigeon pillow pinball pixel pizza
  planet plastic plumber poem poncho popcorn porch potato prairie pretzel prism pumpkin puppet puzzle pyramid python
  queen quilt quiver quiz rabbit raccoon radar radio radish raft rainbow raisin ranger raven reef referee rhino
  ribbon rice river rooster ruby saddle sailor salad salmon salsa sandal saturn sausage scarf scooter scroll shampoo
  shark sheep shovel shrimp shrub siren sketch sled slipper snail snorkel snow soccer sofa soup sparrow spider
  spinach spiral spoon spruce squash squid stadium statue stone stork sugar sunrise surf swamp swan syrup tablet taco
  tadpole target teapot temple tempo tennis thimble thistle thunder ticket tiger timber toast tofu tomato topaz
  tornado totem toucan towel tractor traffic tripod trophy trout truck truffle trumpet tugboat tulip tundra turbine
  turkey turnip turtle tuxedo twig unicorn uniform vacuum vanilla vase velvet venus viking village vinegar viola
  violin volcano waffle wagon walnut walrus wheat wheel whisker window wolf wombat yoga yogurt zebra zigzag zinc
  zipper zodiac
`
  .trim()
  .split(/\s+/)

/** Two bytes are drawn for each word, as 65,536 is a multiple of 512. */
const BYTES_PER_WORD = 2

/** Each choice of words is as likely as any other. `randomBytes` must be a cryptographic source. */
export function drawWords(count: number, randomBytes: (length: number) => Uint8Array): string {
  const drawn = Array.from({ length: count }, () => {
    const [high = 0, low = 0] = randomBytes(BYTES_PER_WORD)
    return codeWords[((high << 8) | low) % codeWords.length] ?? ''
  })
  return drawn.join('-')
}
