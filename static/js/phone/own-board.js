/** The own group's board, to look at: topics with their cards, then what has no topic yet. */
import { arrange, drawCard, slot } from "../cards.js";
import { groupCards, topics } from "./order.js";

export const view = {
  selector: "[data-module='own-board']",
  draws: ["CardPinned", "CardTaken", "CardMoved", "TopicPinned", "TopicTaken", "TopicTitled", "TopicCoded", "TopicMoved"],
  draw(element, page) {
    const { group } = element.dataset;
    const cards = groupCards(page.board, group);
    const place = slot(element, "topics");
    const lying = new Map([...place.children].map((section) => [section.dataset.section, section]));
    let at = place.firstElementChild;
    for (const topic of topics(page.board, group)) {
      const section = lying.get(topic.id) ?? drawTopic(topic);
      lying.delete(topic.id);
      slot(section, "title").textContent = topic.title || element.dataset.unnamed;
      lay(section, cards.filter((card) => card.topic_id === topic.id));
      if (section === at) at = at.nextElementSibling;
      else place.insertBefore(section, at);
    }
    for (const [, gone] of lying) gone.remove();
    const loose = cards.filter((card) => card.topic_id === null);
    lay(slot(element, "loose"), loose);
    slot(element, "loose").hidden = !loose.length;
  },
};

function lay(section, cards) {
  arrange(slot(section, "cards"), cards, (card) => drawCard(card));
}

function drawTopic(topic) {
  const section = document.getElementById("topic-template").content.firstElementChild.cloneNode(true);
  section.dataset.section = topic.id;
  section.querySelector("[data-topic]").dataset.topic = topic.id;
  return section;
}
