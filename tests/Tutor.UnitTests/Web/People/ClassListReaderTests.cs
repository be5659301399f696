using System.Text;
using CsCheck;
using CsvHelper;
using Tutor.Core.People;
using Tutor.Data.People;
using Tutor.Tests.Shared;
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
    [InlineData("login,name\n1.23457E+11,Sam", 2, "Format the column as text")]
    [InlineData("login,name\n#NAME?,Sam", 2, "formula")]
    [InlineData("login,name\nsam,\u200B\u202E", 2, "has no name")]
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

    [Theory]
    [InlineData("Email Address [Required],First Name [Required],Last Name [Required]\nsam@uni.example,Sam,Student")]
    [InlineData("OrgDefinedId,#Username,Last Name,First Name,E-mail\n11,#sam@uni.example,Student,Sam,x@uni.example")]
    [InlineData("Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Rollen,Gruppen\nSam,Student,11,sam@uni.example,Student,")]
    [InlineData("Prénom;Nom;Adresse de courriel;Rôles\nSam;Student;sam@uni.example;Étudiant")]
    [InlineData("Nombre,Apellido(s),Dirección de correo\nSam,Student,sam@uni.example")]
    [InlineData("userPrincipalName,displayName,accountEnabled\nsam@uni.example,Sam Student,TRUE")]
    [InlineData("Name,Email,SID,Section Name\nSam Student,sam@uni.example,11,A")]
    [InlineData("Last,First,NetID\nStudent,Sam,sam@uni.example")]
    [InlineData("Full name,Primary Email,Enrollment Type\nSam Student,sam@uni.example,StudentEnrollment")]
    [InlineData("Given Name,Family Name,University E-mail\nSam,Student,SAM@uni.example")]
    [InlineData("Learner,Login ID,Discussion\nSam Student,sam@uni.example,A")]
    [InlineData("PREFERRED NAME|USER NAME|ROLE\nSam Student|sam@uni.example|Learner")]
    [InlineData("\"Sortable Name\"\t\"SIS Login ID\"\t\"Section\"\n\"Sam Student\"\t\"sam@uni.example\"\t\"A\"")]
    [InlineData("First name,Surname,Kerberos\nSam,Student,sam@uni.example")]
    public void Columns_are_known_by_the_names_that_other_systems_give_them(string text)
    {
        var list = ClassListReader.Read(text);

        Assert.Empty(list.Problems);
        var row = Assert.Single(list.Rows);
        Assert.Equal(("sam@uni.example", "Sam Student"), (row.Login, row.Name));
    }

    [Theory]
    [InlineData("Student", Role.Student)]
    [InlineData("Student, Non-editing teacher", Role.Ta)]
    [InlineData("Student;TA", Role.Ta)]
    [InlineData("Teacher / Student", Role.Instructor)]
    [InlineData("Learner\nInstructor", Role.Instructor)]
    [InlineData("Instructor, Teaching Assistant", Role.Ta)]
    [InlineData("No roles", null)]
    [InlineData("", null)]
    [InlineData("Observer, Student", Role.Student)]
    public void Of_several_roles_in_one_cell_the_one_that_says_most_counts(string cell, string? role)
    {
        var list = ClassListReader.Read($"login,name,role\nsam,Sam,\"{cell}\"\n");

        Assert.Empty(list.Problems);
        Assert.Equal(role, Assert.Single(list.Rows).Role);
    }

    [Theory]
    [InlineData("Student,SIS Login ID,HW1\n    Points Possible,,10\nAnn,ann,1")]
    [InlineData("Student,SIS Login ID,HW1\n,,Manual Posting\n    Points Possible,,10\nAnn,ann,1")]
    [InlineData("First name,Last name,Email address\nAnn,Lee,ann\nOverall average,,")]
    [InlineData("login,name,role\nann,Ann,student\nmia,Mia,Mentor")]
    [InlineData("login,name,role\nann,Ann,student\npat,Pat,\"Observer, Guest\"")]
    [InlineData("Email address,First name,Last name,Status\nann,Ann,Lee,Active\nsue,Sue,Sun,Suspended")]
    public void A_line_that_names_nobody_of_the_class_is_passed_over_and_said_to_be(string text)
    {
        var list = ClassListReader.Read(text);

        Assert.Empty(list.Problems);
        Assert.Equal("ann", Assert.Single(list.Rows).Login);
        Assert.Single(list.PassedOver);
    }

    [Theory]
    [InlineData("login,name,notes\na,Ann,\"one\r\ntwo, three\"\nb,Bob,ok\n")]
    [InlineData("notes;login;name\r\n\"x\r\n\r\ny\";a;Ann\r\n;b;Bob\r\n")]
    public void A_line_break_in_a_column_that_nobody_asked_for_does_no_harm(string text)
    {
        var list = ClassListReader.Read(text);

        Assert.Empty(list.Problems);
        Assert.Equal(["a", "b"], list.Rows.Select(row => row.Login));
    }

    [Theory]
    [InlineData("login,name,notes\na,Ann,\"5\nb,Bob,\nc,Cleo,6\"\nd,Dan,\n")]
    [InlineData("login,name,notes\na,Ann,\"5\nb,Bob,x\nc,Cleo,\nd,Dan,\n")]
    [InlineData("login,name,notes\na,Ann,5\"\nb,\"Bob\",x\"\nc,\"Cleo,\nd,Dan,\n")]
    public void People_between_two_stray_quotation_marks_are_read_or_named(string text)
    {
        var list = ClassListReader.Read(text);

        Assert.Equal(["d"], list.Rows.Select(row => row.Login).Except(["a", "b", "c"]));
        Assert.Equal(4, list.Rows.Count + list.Problems.Count);
    }

    [Theory]
    [InlineData("classlist-b_moodle.csv", "sam.ob@uni.example student Group A, Group B|tia@uni.example ta |uli@uni.example ta |vera@uni.example  ")]
    [InlineData("classlist-c_canvas.csv", "jdoe  PY101-A and PY101-B|abcdef0123  PY101-A")]
    [InlineData("classlist-k_hidden.csv", "e1@uni.example  |e2@uni.example  |e3@uni.example  |e4@uni.example  |e5x@uni.example  |e6@uni.example  ")]
    [InlineData("classlist-m_multiline.csv", "f1@uni.example  |f2@uni.example  ")]
    public void Lists_as_platforms_and_spreadsheets_write_them_are_read(string file, string people)
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        var list = ClassListReader.Read(File.ReadAllText(Path.Combine(SharedData.Folder!, "faults", file)));

        Assert.Empty(list.Problems);
        Assert.Equal(people, string.Join('|', list.Rows.Select(row => $"{row.Login} {row.Role} {row.Section}")));
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
        // What is stored has its normal form; nothing else can be downloaded.
        bool IsStored(string login, string name) => SignInName.Of(login) is { } stored && stored.Equals(login, StringComparison.OrdinalIgnoreCase) && login[0] != '#' && SignInName.SpreadsheetFault(login) is null && PersonName.Of(name) == name;
        Gen.Select(field, field, field).Where((login, name, section) => name[0] != '\'' && section[0] != '\'' && login[0] != '\'' && IsStored(login, name)).Sample((login, name, section) =>
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
