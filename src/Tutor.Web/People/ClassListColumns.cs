namespace Tutor.Web.People;

/// <summary>Where a class list keeps what, by the names that spreadsheets, learning platforms and student systems give their columns.</summary>
internal sealed record ClassListColumns(int Login, int Name, int First, int Last, int Role, int Section, int Status)
{
    // In the order of preference: a list of Canvas has both a login and an address.
    private static readonly string[] logins =
    [
        "login", "loginid", "loginname", "sisloginid", "username", "userprincipalname", "upn", "user", "userid", "netid", "uniqname", "account", "kerberos",
        "email", "emailaddress", "emailaddressrequired", "mail", "primaryemail", "universityemail", "studentemail", "schoolemail", "useremail", "workemail", "contactemail", "eid",
        "anmeldename", "benutzername", "kennung", "nutzername", "emailadresse", "nomdutilisateur", "courriel", "adressedecourriel", "adresseemail", "nombredeusuario", "usuario", "correo", "correoelectrónico", "direccióndecorreo",
    ];

    private static readonly string[] names =
    [
        "name", "fullname", "displayname", "student", "studentname", "sortablename", "preferredname", "learner", "participant", "userfullname", "lastnamefirstname",
        "lastfirst", "namelastfirst", "vollständigername", "teilnehmer", "nomcomplet", "nombrecompleto",
    ];

    private static readonly string[] firstNames = ["firstname", "givenname", "forename", "given", "first", "firstnamerequired", "preferredfirstname", "vorname", "prénom", "nombre", "nombres"];
    private static readonly string[] lastNames = ["lastname", "surname", "familyname", "family", "last", "lastnamerequired", "nachname", "familienname", "nom", "nomdefamille", "apellidos", "apellido"];
    private static readonly string[] roles = ["role", "roles", "courserole", "type", "enrollmenttype", "enrolmenttype", "userrole", "roleincourse", "rolle", "rollen", "rôle", "rôles", "rol", "roles"];
    private static readonly string[] sections = ["section", "sections", "sectionname", "group", "groups", "groupname", "tutorial", "lab", "discussion", "gruppe", "gruppen", "groupe", "groupes", "grupo", "grupos"];
    private static readonly string[] states = ["status", "enrollmentstatus", "enrolmentstatus", "enrollmentstate", "state"];

    public static ClassListColumns Of(IEnumerable<string> headers)
    {
        var letters = headers.Select(Letters).ToList();
        int Column(string[] known) => known.Select(name => letters.IndexOf(name)).Where(i => i >= 0).DefaultIfEmpty(-1).First();
        return new(Column(logins), Column(names), Column(firstNames), Column(lastNames), Column(roles), Column(sections), Column(states));
    }

    /// <summary>A name as it is compared: letters and digits alone, in lower case.</summary>
    public static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
