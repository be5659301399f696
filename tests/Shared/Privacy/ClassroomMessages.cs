using System.Text;
using Tutor.Core.Privacy;

namespace Tutor.Tests.Shared.Privacy;

/// <summary>A message with the places that say who somebody is.</summary>
internal sealed record LabelledMessage(string Text, IReadOnlyList<PersonalData> Spans, string? AuthorId, string Tradition);

/// <summary>Writes classroom messages, programs and notebooks around the names of a roster; the same seed gives the same messages.</summary>
internal sealed class ClassroomMessages
{
    // {full} {first} {last} {plain} (no accents) {lower} (full, lower case) {swap} ("Last, First") {initial} ("M. Last") {snake} {camel} {email} {id} {phone};
    // an a before the name of the field means the author, anything else another person of the course.
    private static readonly string[] templates =
    [
        "Hi {first}, did you get the loop in exercise 3 to stop? Mine runs for ever.",
        "I worked with {full} on this one, is that allowed?",
        "My partner {full} says the list should be sorted first, but then the test with May and June fails.",
        "Can you tell {first} and me why `total` is 0?",
        "thanks!\n{afull}",
        "Best regards,\n{afirst}",
        "my name is {alower} and my student id is {aid}, I cannot open the task",
        "You can reach me at {aemail} or on {aphone}.",
        "please send the answer to {aemail}",
        "# Author: {afull}\n# Student ID: {aid}\n\ndef total(numbers):\n    result = 0\n    for n in numbers:\n        result += n\n    return result\n",
        "\"\"\"Homework 4, {aswap}\"\"\"\nimport pandas as pd\n\ndf = pd.read_csv('/home/{asnake}/data/rainfall.csv')\nprint(df.head())\n",
        "def greet():\n    # {first} told me to use an f-string here\n    print(f\"Hello\")\n\ngreet()\n",
        "students = ['{full}', '{full2}', '{full3}']\nfor s in students:\n    print(s.split(' ')[0])\n",
        "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"# Lab 2\\n\", \"by {afull}, {aid}\"]}, {\"cell_type\": \"code\", \"source\": [\"x = 3\"]}]}",
        "path = r'C:\\Users\\{asnake}\\Desktop\\lab3.py'\nwith open(path) as f:\n    print(len(f.readlines()))\n",
        "The TA {full} explained accumulators, but I still do not see why I need one.",
        "I asked {first} {last} about it in the lab on Tuesday and he did not know either.",
        "{swap} and I got different values: 12.5 and 13.0. Which one is right?",
        "{initial} said my claim is not arguable. Is that so?",
        "According to {plain}, the median of an empty list is an error.",
        "why does {lower} get 10 hints and I get 5?",
        "Is it wrong that {first}'s solution uses a set?",
        "class {camel}Stack:\n    def __init__(self):\n        self.items = []\n",
        "git config user.email {aemail}\ngit config user.name \"{afull}\"",
        "my phone is {aphone}, call me please, my id {aid}",
        "I am {afirst} from group B. Could you explain what a topic sentence is?",
        "In my essay I argue, against {full}, that uniforms cost more than they save.",
        "ask {first}, we share one laptop",
        "cc {email}, {email2}",
        "Submitted by: {afull} ({aemail})",
        "def {snake}_mean(values):\n    return sum(values) / len(values)\n",
        "Dear {first}, I read your draft. The second paragraph begins with an example and not with a point.",
    ];

    // Nobody is named here, and much looks as if.
    private static readonly string[] harmless =
    [
        "Why does my while loop never end? I set i = 0 and range(1, 1000000).",
        "In May and June the mean is 12.5, in August it is 18. Will the median be the same?",
        "x = [2027, 3141592653, 271828182, 1000000007]\nprint(sum(x) / len(x))\n",
        "The rainfall on 2027-03-01 was 12 mm, on 2027-04-15 it was 7 mm.",
        "Python 3.11.2 says: TypeError: unsupported operand type(s) for +: 'int' and 'str'",
        "phi = 1.6180339887\ne = 2.7182818284\nprint(f\"{phi:.3f} {e:.3f}\")\n",
        "Does Bayes theorem help here, or do I need a t test?",
        "I cite (Westmarsh, 2019) and [2]. Is one source enough for this paragraph?",
        "import numpy as np\nimport matplotlib.pyplot as plt\n\nrng = np.random.default_rng(20270301)\nplt.hist(rng.normal(size=1000))\n",
        "rows = [(101, 'Paris', 2.1), (102, 'Berlin', 3.6), (103, 'Jordan', 10.2)]\n",
        "Can a dictionary have a key that is a list? Mine says unhashable.",
        "My thesis is that Rome fell slowly. The Economist says otherwise.",
        "s = 'Rose is a rose is a rose'\nprint(s.count('rose'))\n",
        "What is the difference between Max and max, Min and min in the notes?",
        "print('%08.3f' % 3.14159)  # 0003.142",
    ];

    private readonly Random random;

    public ClassroomMessages(int seed = 11) => random = new Random(seed);

    public IReadOnlyList<LabelledMessage> Write(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i % 4 == 3 ? new LabelledMessage(harmless[i / 4 % harmless.Length], [], null, "nobody") : WriteOne(templates[(i - i / 4) % templates.Length]))];

    private LabelledMessage WriteOne(string template)
    {
        var people = ClassroomNames.All;
        var (tradition, author) = people[random.Next(people.Count)];
        var others = Enumerable.Range(0, 3).Select(_ => people[random.Next(people.Count)]).ToList();
        var text = new StringBuilder();
        var spans = new List<PersonalData>();
        var usedTradition = template.Contains("{a", StringComparison.Ordinal) ? tradition : others[0].Tradition;
        for (var at = 0; at < template.Length;)
        {
            var close = template[at] == '{' ? template.IndexOf('}', at) : -1;
            var field = close > 0 ? template[(at + 1)..close] : "";
            if (field.Length == 0 || !field.All(char.IsAsciiLetterOrDigit) || Value(field, author, others[0].Person, others[1].Person, others[2].Person) is not var (kind, value, id))
            {
                text.Append(template[at++]);
                continue;
            }

            spans.Add(new PersonalData(kind, text.Length, value.Length, id));
            text.Append(value);
            at = close + 1;
        }

        return new LabelledMessage(text.ToString(), spans, author.Id, usedTradition);
    }

    private (PersonalDataKind Kind, string Value, string Id)? Value(string field, RosterPerson author, RosterPerson other, RosterPerson second, RosterPerson third)
    {
        var (name, person) = field switch
        {
            ['a', .. var rest] when rest is "full" or "first" or "last" or "lower" or "swap" or "snake" or "email" or "id" or "phone" => (rest, author),
            [.. var rest, '2'] => (rest, second),
            [.. var rest, '3'] => (rest, third),
            _ => (field, other),
        };
        var parts = person.Name.Split(' ');
        // Family names come first in some traditions; "first" is what people are called by.
        var familyFirst = ClassroomNames.All.First(a => a.Person == person).Tradition.StartsWith("Chinese", StringComparison.Ordinal);
        var (given, family) = familyFirst ? (parts[^1], parts[0]) : (parts[0], parts[^1]);
        var plain = ClassroomNames.Plain(person.Name);
        return name switch
        {
            "full" => (PersonalDataKind.Name, person.Name, person.Id),
            "first" => (PersonalDataKind.Name, given, person.Id),
            "last" => (PersonalDataKind.Name, family, person.Id),
            "plain" => (PersonalDataKind.Name, plain, person.Id),
            "lower" => (PersonalDataKind.Name, person.Name.ToLowerInvariant(), person.Id),
            "swap" => (PersonalDataKind.Name, $"{family}, {given}", person.Id),
            "initial" => (PersonalDataKind.Name, $"{given[0]}. {family}", person.Id),
            "snake" => (PersonalDataKind.Name, ClassroomNames.Plain($"{given}_{family}").ToLowerInvariant().Replace("-", "", StringComparison.Ordinal), person.Id),
            "camel" => (PersonalDataKind.Name, ClassroomNames.Plain(given + family).Replace("-", "", StringComparison.Ordinal), person.Id),
            "email" => (PersonalDataKind.Email, person.Email!, person.Id),
            "id" => (PersonalDataKind.StudentId, $"s{1_000_000 + random.Next(8_999_999)}", person.Id),
            "phone" => (PersonalDataKind.Phone, Phone(), person.Id),
            _ => null,
        };
    }

    private string Phone() => random.Next(4) switch
    {
        0 => $"+44 20 {random.Next(7000, 7999)} {random.Next(1000, 9999)}",
        1 => $"(0{random.Next(20, 99)}) {random.Next(100, 999)} {random.Next(1000, 9999)}",
        2 => $"0{random.Next(150, 179)} {random.Next(1_000_000, 9_999_999)}",
        _ => $"+1-{random.Next(201, 989)}-{random.Next(200, 999)}-{random.Next(1000, 9999)}",
    };
}
