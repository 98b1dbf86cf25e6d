package io.github.k8sclient.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file where it is
 * @param lines what it says
 */
record Page(Path file, List<String> lines) {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern FENCE = Pattern.compile("^(\\s*)```(\\w*)$");

	private static final Pattern GIVEN = Pattern.compile("<!-- given: (.*) -->");

	private static final Pattern HEADING = Pattern.compile("#+ (.*)");

	/**
	 * Read all pages of the project.
	 * @return the pages
	 */
	static List<Page> all() {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")), docs.sorted())
				.filter((file) -> file.toString().endsWith(".md"))
				.map(Page::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Page read(Path file) {
		try {
			return new Page(file, Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the samples in a language.
	 * @param language the language, such as {@code java}
	 * @return the samples, in the order of the page
	 */
	List<Sample> samples(String language) {
		List<Sample> samples = new ArrayList<>();
		StringBuilder given = new StringBuilder();
		for (int index = 0; index < this.lines.size(); index++) {
			Matcher comment = GIVEN.matcher(this.lines.get(index));
			Matcher fence = FENCE.matcher(this.lines.get(index));
			if (comment.matches()) {
				given.append(comment.group(1)).append("; ");
			}
			else if (fence.matches()) {
				int start = index + 1;
				String end = fence.group(1) + "```";
				do {
					index++;
				}
				while (!this.lines.get(index).equals(end));
				if (fence.group(2).equals(language)) {
					String code = String.join("\n", this.lines.subList(start, index)).stripIndent();
					samples.add(new Sample(this, start + 1, given.toString(), code));
				}
			}
		}
		return samples;
	}

	/**
	 * Return the names by which links reach the headings, as GitHub makes them.
	 * @return the anchors
	 */
	List<String> anchors() {
		return this.lines.stream()
			.map(HEADING::matcher)
			.filter(Matcher::matches)
			.map((heading) -> heading.group(1).toLowerCase().replaceAll("[^\\p{Alnum} _-]", "").replace(' ', '-'))
			.toList();
	}

	String text() {
		return this.lines.stream().collect(Collectors.joining("\n"));
	}

	@Override
	public String toString() {
		return ROOT.relativize(this.file).toString();
	}

	/**
	 * A block of code.
	 *
	 * @param page where it stands
	 * @param line its first line
	 * @param given declarations of what the page takes for granted, by comments above
	 * @param code what it says
	 */
	record Sample(Page page, int line, String given, String code) {

		String location(long lineOfCode) {
			return this.page + ":" + (this.line + lineOfCode - 1);
		}

	}

}
