namespace Tutor.Core.Courses;

/// <summary>What a student hands in: a program that tests can run, or a text that criteria describe.</summary>
public enum ExerciseKind { Code, Writing }
