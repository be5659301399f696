using System.Text;
using CsCheck;
using Tutor.Core.Interactions;
using Tutor.Core.People;

namespace Tutor.UnitTests.People;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \t\u3000\u00A0 ", null)]
    [InlineData("\u200B\u202E\u2066\uFEFF", null)]
    [InlineData("\u0301\u200D", null)]
    [InlineData("-", null)]
    [InlineData(" . ", null)]
    [InlineData("Unnamed person", null)]
    [InlineData("  Ann\u00A0\u00A0 Lee\r\n", "Ann Lee")]
    [InlineData("Bo \u202Eneila\u202C", "Bo neila")]
    [InlineData("Nul\0l Escape\u001B[31m", "Null Escape[31m")]
    [InlineData("Jose\u0301", "José")]
    [InlineData("علی\u200Cرضا", "علی\u200Cرضا")]
    [InlineData("😀", "😀")]
    [InlineData("李小龙", "李小龙")]
    [InlineData("<b>Bo</b> & \"Q\" O'Neil", "<b>Bo</b> & \"Q\" O'Neil")]
    [InlineData("X Æ A-12", "X Æ A-12")]
    public void A_name_keeps_what_people_read_and_loses_what_they_cannot(string? given, string? name) => Assert.Equal(name, PersonName.Of(given));

    [Theory]
    [InlineData("n")]
    [InlineData("😀")]
    [InlineData("e\u0301")]
    [InlineData("word ")]
    public void A_name_of_five_thousand_letters_is_cut_between_characters(string piece)
    {
        var name = PersonName.Of(string.Concat(Enumerable.Repeat(piece, 5000)));

        Assert.InRange(name!.Length, PersonName.Longest - 10, PersonName.Longest);
        Assert.DoesNotContain(Rune.ReplacementChar, name.EnumerateRunes());
    }

    [Theory]
    [InlineData(PersonName.Unnamed, "Quintus", "Quintus")]
    [InlineData("Quintus", "Quintus Vandermeer", "Quintus Vandermeer")]
    [InlineData("Quintus Vandermeer", "Quintus", "Quintus Vandermeer")]
    [InlineData("Quintus Vandermeer", null, "Quintus Vandermeer")]
    [InlineData("Quintus Vandermeer", "Q. V.", "Quintus Vandermeer")]
    public void A_fuller_name_takes_the_place_of_a_poorer_one_and_never_the_other_way(string known, string? given, string name) =>
        Assert.Equal(name, PersonName.Fuller(known, given));

    [Fact]
    public void A_cleaned_name_is_clean_whatever_it_was_made_of()
    {
        var rune = Gen.OneOf(Gen.Char['\0', '\u00FF'].Select(c => (int)c), Gen.Int[0x2000, 0x206F], Gen.Int[0xD7F0, 0xE010], Gen.Int[0xFE00, 0x1F6FF]);
        rune.Array[0, 300].Select(codes => string.Concat(codes.Select(code => code is >= 0xD800 and <= 0xDFFF || code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(code)))).Sample(text =>
        {
            var name = PersonName.Of(text);

            Assert.Equal(name, PersonName.Of(name));
            Assert.True(name is null or { Length: > 0 and <= PersonName.Longest });
            Assert.DoesNotContain(name ?? "", c => char.IsControl(c) || c is '\u202E' or '\u2028');
            Assert.All((name ?? "").EnumerateRunes(), r => Assert.True(HiddenCharacters.Kind(r) is null || r.Value is 0x200C or 0x200D));
        }, iter: 3000);
    }
}
