using Tutor.Core.Privacy;

namespace Tutor.Tests.Shared.Privacy;

/// <summary>A made-up roster of ten people from each of six naming traditions; nobody in it exists.</summary>
internal static class ClassroomNames
{
    private static readonly (string Tradition, string[] Names)[] traditions =
    [
        ("English", ["Grace Whitfield", "Owen Mark Tarrant", "Will Ashdown", "Fiona O'Sullivan", "Rose Pemberton", "DeShawn Carrick", "Hannah Lowe-Dunmore", "Jack McAllen", "Ebony Thornbury", "Dawn Hartley"]),
        ("Iberian", ["María José Quintanar López", "João Bernardes da Silveira", "Íñigo Zubizarreta", "Lucía Peñaranda Ruiz", "Andrés Villaseñor", "Inês Carvalhal", "José Ángel Montoya", "Núria Casadevall", "Beatriz Falcão Duarte", "Raúl Escamilla"]),
        ("Chinese and Vietnamese", ["Zhang Weiming", "Li Xiuying", "Ouyang Jingyi", "Nguyễn Thị Minh Khai", "Trần Quốc Bảo", "Huang Zhi-Hao", "Lý Ngọc Ánh", "Chen Yu", "Xu Meilin", "Đặng Hữu Phước"]),
        ("Arabic and Persian", ["Abdul Rahman al-Haddad", "Fatima Zahra Benali", "Yusuf ibn Khalil", "Noor El-Masri", "Khadija Bouzid", "Omar Al Farouqi", "Shirin Daneshvar", "Hamza Qureshi", "Layla Abu-Ghazal", "Reza Tehranchi"]),
        ("South Asian", ["Priya Venkataraman", "Arjun Singh Dhillon", "Ananya Mukhopadhyay", "Mohammed Irfan Siddiqui", "Lakshmi Narayanaswamy", "Rohan D'Mello", "Sanjana Iyer", "Thilini Wickramasinghe", "Imran Chaudhry", "Kavya Deshpande"]),
        ("Nordic and Slavic", ["Åsa Björkqvist", "Søren Kjærgaard", "Łukasz Wiśniewski", "Jürgen Weißmüller", "Zuzana Dvořáková", "Þóra Sigurðardóttir", "Milica Đurović", "Oksana Shevchuk", "Käthe Schäfer", "Bjørn Ødegård"]),
    ];

    public static IReadOnlyList<(string Tradition, RosterPerson Person)> All { get; } =
    [
        .. from tradition in traditions
           from name in tradition.Names
           let id = $"p-{NameWords(name)}"
           select (tradition.Tradition, new RosterPerson(id, name, $"{Address(name)}@students.example.edu")),
    ];

    public static Roster Roster { get; } = new(All.Select(a => a.Person));

    public static string Address(string name) => string.Join('.', Plain(name).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, .., var last] ? [first, last] : (string[])[Plain(name)]);

    /// <summary>As people type it on a keyboard without accents.</summary>
    public static string Plain(string name) => new([.. name.Normalize(System.Text.NormalizationForm.FormD)
        .Where(c => System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)
        .SelectMany(c => c switch { 'ø' => "o", 'Ø' => "O", 'ł' => "l", 'Ł' => "L", 'ß' => "ss", 'đ' or 'ð' => "d", 'Đ' => "D", 'Þ' => "Th", 'æ' => "ae", '\'' => "", _ => c.ToString() })]);

    private static string NameWords(string name) => Plain(name).ToLowerInvariant().Replace(' ', '-');
}
