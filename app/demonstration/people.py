"""Invented people: names composed from lists of many cultures, with addresses in an invented city."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from app.demonstration import places

# Given names and family names that go together; both lists of a row are combined at random, and now and then
# across rows, as marriages do.
NAMES: tuple[tuple[str, str], ...] = (
    (
        "Ada Beatrice Calvin Dorothy Elliot Frances Gideon Harriet Ivor Judith Lionel Miriam",
        "Ashdown Bellweather Corrigan Dunmore Everley Fairbrook Greystone Hollins Ives Kettering Marsh",
    ),
    (
        "Alejandra Benito Carmela Damián Esperanza Fermín Graciela Horacio Inés Joaquín Lucía Maite",
        "Alcaraz Barrientos Cisneros Durán Escalante Figueroa Guzmán Hinojosa Lozano Montalvo Nájera",
    ),
    (
        "Amara Bayo Chiamaka Dayo Emeka Folasade Gbenga Ifeoma Kehinde Ngozi Obinna Temitope",
        "Abara Balogun Chukwu Dada Eze Fashola Ibekwe Lawal Nwosu Okafor Sowande Uche",
    ),
    (
        "Anjali Bhavesh Chitra Deepak Esha Farhan Gauri Harish Ila Jatin Kavya Lalit",
        "Acharya Bhandari Chaudhary Deshmukh Iyer Joshi Kulkarni Menon Nair Pillai Rao Sengupta",
    ),
    (
        "Bo Chen Da Fang Gang Hui Jing Lei Mei Ning Qiang Xiu",
        "Cao Deng Fan Guo Han Jiang Kong Liao Meng Peng Shen Yuan",
    ),
    (
        "An Bình Châu Dũng Giang Hạnh Khánh Lan Minh Nga Quyên Thảo",
        "Bùi Cao Đặng Đinh Hồ Huỳnh Lê Ngô Phan Trần Trịnh Vũ",
    ),
    (
        "Akira Chiyo Daichi Emi Fumiko Haruto Itsuki Kaori Makoto Nao Ryo Sakura",
        "Aoyama Endo Fujimori Hamada Ishikawa Kuroda Matsui Nishida Okabe Sakai Tanabe Ueno",
    ),
    (
        "Adel Basma Dalia Faris Ghada Hani Iman Jamil Khalid Layla Mona Nabil",
        "Abbas Barakat Darwish Farouk Haddad Issa Kassem Mansour Nasser Qasim Sabbagh Zaki",
    ),
    (
        "Agnieszka Bartosz Danuta Emil Grażyna Hubert Iwona Jacek Kinga Leszek Małgorzata Oskar",
        "Adamczyk Borkowski Czajka Dudek Głowacki Jasiński Krupa Lis Mazurek Nowicki Piątek Sikora",
    ),
    (
        "Aoife Brendan Ciara Declan Eimear Fergus Gráinne Niamh Oisín Róisín Seán Tadhg",
        "Brannigan Coyle Devlin Farrelly Gallagher Hanratty Keane Loughlin McGrath Nolan O’Dowd Quigley",
    ),
    (
        "Astrid Bjørn Elin Frode Gunnar Hanne Ingrid Kjell Liv Magnus Sindre Tuva",
        "Aas Berglund Dahl Engström Fjeld Haugen Iversen Lindqvist Moen Nygård Sørensen Viklund",
    ),
    (
        "Aliki Christos Despina Eleni Fotis Giorgos Ioanna Kostas Lydia Nikos Stavros Thalia",
        "Andreou Dimitriou Galanis Kallas Lambrou Makris Nikolaidis Pappas Raptis Stathis Vlachos Zervas",
    ),
    (
        "Alesha Darnell Ebony Jamal Keisha Latoya Malik Nia Quentin Rashad Shanice Tyrell",
        "Baptiste Cobbins Dorsey Easley Gaither Hairston Jeffries Mayfield Pettway Rollins Witherspoon",
    ),
    (
        "Aiyana Chayton Dyani Elan Halona Kai Leilani Makana Nodin Sequoia Takoda Winona",
        "Begaye Clearwater Kalani Keahi Longtree Nakai Redfern Tallchief Tsosie Whitecloud",
    ),
    (
        "Bruna Caio Débora Evandro Flávia Gilberto Heloísa Júlio Larissa Mateus Renata Vinícius",
        "Almeida Barbosa Cardoso Duarte Esteves Furtado Gouveia Lacerda Moura Peixoto Ribeiro Teixeira",
    ),
    (
        "Bayani Corazon Dalisay Efren Ligaya Marikit Ramil Luzviminda Rizalino Tala Amihan Isagani",
        "Abad Bautista Catapang Dimaculangan Evangelista Gatdula Hidalgo Katigbak Macaraeg Salonga Tolentino",
    ),
)
MIXED = 0.12  # the share of people whose two names come from different rows
_PLAIN = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "’": ""})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented; `number` tells people of one load apart."""

    number: int
    name: str
    email: str
    telephone: str
    street: str
    town: str
    postcode: str

    def contact(self) -> dict[str, str]:
        """Give the contact details as an applicant enters them."""
        return {
            "full_name": self.name,
            "email": self.email,
            "telephone": self.telephone,
            "address_line_1": self.street,
            "address_line_2": "",
            "town": self.town,
            "region": places.STATE,
            "postcode": self.postcode,
            "country": places.COUNTRY,
        }


class Register:
    """Invents people one after another, never the same name twice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.given = [row[0].split() for row in NAMES]
        self.families = [row[1].split() for row in NAMES]
        self.taken: set[str] = set()

    def invent(self) -> Person:
        """Invent a person with a name that nobody has yet."""
        name = self._name()
        while name in self.taken:
            name = self._name()
        return self.settle(name, f"{_address(name)}@post.example")

    def settle(self, name: str, email: str) -> Person:
        """Give somebody with this name and address a home in the city."""
        self.taken.add(name)
        number = len(self.taken)
        street = f"{self.dice.randrange(1, 400)} {self.dice.choice(places.STREETS)}"
        town, postcode = self.dice.choice(places.TOWNS)
        telephone = f"+1 {places.AREA_CODE} 555 01{number % 100:02d}"
        return Person(number, name, email, telephone, street, town, postcode)

    def _name(self) -> str:
        row = self.dice.randrange(len(NAMES))
        other = self.dice.randrange(len(NAMES)) if self.dice.random() < MIXED else row
        return f"{self.dice.choice(self.given[row])} {self.dice.choice(self.families[other])}"


def _address(name: str) -> str:
    """Write a name as the part of a mail address before the at sign: `gráinne o’dowd` as grainne.odowd."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    return ".".join("".join(sign for sign in decomposed if sign.isascii()).lower().split())
