using System.Text;
using CsCheck;
using Tutor.Core.People;

namespace Tutor.UnitTests.People;

public sealed class SignInNameTests
{
    [Theory]
    [InlineData("sam@uni.example")]
    [InlineData("  SAM@Uni.Example \t")]
    [InlineData("sam@uni.example\u200B")]
    [InlineData("\u202Asam@uni.example\u202C")]
    [InlineData("\uFEFFsam@uni.example")]
    [InlineData("s\u00ADam@u\u2060ni.example")]
    [InlineData("\u00A0sam@uni.example\u3000")]
    [InlineData("ｓａｍ＠ｕｎｉ．ｅｘａｍｐｌｅ")]
    [InlineData("mailto:sam@uni.example")]
    [InlineData("MAILTO:sam@uni.example?subject=Hello")]
    [InlineData("<sam@uni.example>")]
    [InlineData("Sam Student <sam@uni.example>;")]
    [InlineData("\"Student, Sam\" <mailto:Sam@uni.example>")]
    [InlineData("\"sam@uni.example\"")]
    [InlineData("“sam@uni.example”")]
    [InlineData("'<sam@uni.example>',")]
    [InlineData("\u200E\u2066sam\u200D@uni.example\u2069\uFE0F")]
    public void A_sign_in_name_is_the_same_whatever_a_program_put_around_it(string given) => Assert.Equal("sam@uni.example", SignInName.Of(given));

    [Theory]
    [InlineData("Müller@uni.example", "mu\u0308ller@uni.example")]
    [InlineData("ﬁona", "fiona")]
    [InlineData("Ⅷ", "viii")]
    public void Two_ways_to_write_one_name_are_one_name(string one, string other) => Assert.Equal(SignInName.Of(one), SignInName.Of(other));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u200B ")]
    [InlineData("<>")]
    [InlineData("two words")]
    [InlineData("a\u2028b")]
    public void What_names_nobody_is_no_sign_in_name(string? given) => Assert.Null(SignInName.Of(given));

    [Fact]
    public void A_name_longer_than_any_is_no_sign_in_name() => Assert.Null(SignInName.Of(new string('a', 5000)));

    [Theory]
    [InlineData("1.23457e+11")]
    [InlineData("1,23457e+11")]
    [InlineData("3e+09")]
    [InlineData("1.23457e11")]
    [InlineData("3034567890.0")]
    [InlineData("#n/a")]
    [InlineData("#ref!")]
    [InlineData("#name?")]
    public void What_a_spreadsheet_made_of_a_number_is_told(string cell) => Assert.NotNull(SignInName.SpreadsheetFault(cell));

    [Theory]
    [InlineData("3034567890")]
    [InlineData("1e5")]
    [InlineData("e+11")]
    [InlineData("ab12.0")]
    [InlineData("sam")]
    [InlineData("12.5")]
    public void What_may_be_a_sign_in_name_is_none_of_it(string name) => Assert.Null(SignInName.SpreadsheetFault(name));

    [Fact]
    public void What_comes_out_is_its_own_normal_form_and_no_sign_of_it_is_hidden()
    {
        string[] odd = ["mailto:", "<", ">", "\"", "“", "\u200B", "\u202E", "İ", "ß", "Σ", "ﬀ", "\uD83D\uDE00", "\u0345", ";", "?", "\uFF1C"];
        var piece = Gen.OneOf(
            Gen.Char['!', '~'].Select(c => c.ToString()), Gen.Char['\u00A0', '\uFFFF'].Select(c => c.ToString()),
            Gen.Int[0, odd.Length - 1].Select(i => odd[i]));
        piece.Array[0, 40].Select(string.Concat).Sample(text =>
        {
            if (SignInName.Of(text) is not { } name) return;

            Assert.Equal(name, SignInName.Of(name));
            Assert.True(name.IsNormalized(NormalizationForm.FormKC));
            Assert.DoesNotContain(name.EnumerateRunes(), r => Rune.IsControl(r) || Rune.IsWhiteSpace(r));
            if (name.IndexOfAny(['?', '<', '>']) < 0) Assert.Equal(name, SignInName.Of($" \u200B<MAILTO:{name}>\u202C "));
        }, iter: 5000);
    }
}
