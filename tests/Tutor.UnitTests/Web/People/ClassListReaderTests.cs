using System.Text;
using CsCheck;
using CsvHelper;
using Tutor.Core.People;
using Tutor.Data.People;
using Tutor.Web.People;

namespace Tutor.UnitTests.Web.People;

public sealed class ClassListReaderTests
{
    [Theory]
    [InlineData("login,name,role,section\nsam@uni.example,Sam Student,student,A\n")]
    [InlineData("\uFEFFlogin;name;role;section\r\nSAM@uni.example;Sam Student;Student;A\r\n")]
    [InlineData("Section\tRole\tLogin\tName\nA\tlearner\tsam@uni.example\tSam Student")]
    [InlineData("Email address,First name,Surname,Groups,Role\nsam@uni.example,Sam,Student,A,Participant\n")]
    [InlineData("Student,ID,SIS User ID,SIS Login ID,Section,Role\n\"Sam Student\",1,2, sam@uni.example ,A,student\n")]
    [InlineData("sep=;\nlogin;name;role;section\nsam@uni.example;Sam Student;student;A\n")]
    public void A_list_is_read_as_spreadsheets_and_learning_platforms_write_it(string text)
    {
        var list = ClassListReader.Read(text);

        Assert.Empty(list.Problems);
        Assert.Equal([("sam@uni.example", "Sam Student", Role.Student, "A")], list.Rows.Select(r => (r.Login, r.Name, r.Role, r.Section)));
    }

    [Fact]
    public void What_a_list_has_no_column_for_it_does_not_say()
    {
        var row = Assert.Single(ClassListReader.Read("name,email\nSam Student,sam@uni.example\n").Rows);

        Assert.Null(row.Role);
        Assert.Null(row.Section);
        Assert.Equal("", Assert.Single(ClassListReader.Read("name,email,section\nSam Student,sam@uni.example,\n").Rows).Section);
    }

    [Theory]
    [InlineData("login,name\n,Sam Student", 2, "has no login")]
    [InlineData("login,name\nsam,", 2, "has no name")]
    [InlineData("login,name\n\nsam,Sam\nSam,Sam Again", 4, "is on line 3 already")]
    [InlineData("login,name\nSam Student,sam", 2, "columns are in the order")]
    [InlineData("login,name,role\nsam,Sam,boss", 2, "Write student, TA or instructor")]
    [InlineData("login,name,role\nsam,Sam,welfare", 2, "Write student, TA or instructor")]
    [InlineData("name,role\nSam,student", 1, "\"login\" or \"email\"")]
    [InlineData("login,role\nsam,student", 1, "\"first name\" and \"last name\"")]
    [InlineData("", 1, "It is empty")]
    [InlineData("login,name\n", 1, "nobody in this list")]
    public void A_line_that_cannot_be_taken_is_named_with_what_to_do(string text, int line, string advice)
    {
        var problem = Assert.Single(ClassListReader.Read(text).Problems);

        Assert.Equal(line, problem.Line);
        Assert.Contains(advice, problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_quotation_mark_does_not_swallow_the_lines_after_it()
    {
        var list = ClassListReader.Read("login,name\na,Ann\nb,\"Bob\nc,Cleo\nd,Dan\n");

        Assert.Contains(list.Rows, row => row.Login == "d");
    }

    [Fact]
    public void A_list_of_more_people_than_a_course_takes_is_refused_whole()
    {
        var text = new StringBuilder("login,name\n");
        for (var i = 0; i <= ClassListReader.MaxPeople; i++)
            text.Append($"p{i},Person {i}\n");

        Assert.Contains("Split it", Assert.Single(ClassListReader.Read(text.ToString()).Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_downloaded_is_read_back_the_same_and_no_field_begins_a_formula()
    {
        string[] odd = ["=1+1", "@SUM(A1)", "-2", "+3", "＝x", "a\"b", "O'Hara", "x;y,z", "a|b|c|d|e"];
        var field = Gen.OneOf(Gen.Char['!', '~'].Array[1, 12].Select(c => new string(c)), Gen.Int[0, odd.Length - 1].Select(i => odd[i]));
        Gen.Select(field, field, field).Where((login, name, section) => login[0] != '\'' && name[0] != '\'' && section[0] != '\'').Sample((login, name, section) =>
        {
            var member = new ListedMember { PersonId = "p", Login = login.ToLowerInvariant(), Name = name, Role = Role.Ta, Section = section };

            var file = Encoding.UTF8.GetString(ClassListFile.Csv([member]));

            using (var raw = CsvReader.FromText(file, new CsvReaderOptions { Separator = ',' }))
            {
                Assert.True(raw.Read());
                Assert.DoesNotContain(Enumerable.Range(0, 4), column => "=+-@＝＋－＠".Contains(raw.GetString(column).FirstOrDefault('x'), StringComparison.Ordinal));
            }
            var row = Assert.Single(ClassListReader.Read(file).Rows);
            Assert.Equal((member.Login, name, Role.Ta, section), (row.Login, row.Name, row.Role, row.Section));
        }, iter: 2000);
    }
}
