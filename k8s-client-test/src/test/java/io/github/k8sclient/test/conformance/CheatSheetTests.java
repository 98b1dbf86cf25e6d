package io.github.k8sclient.test.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.test.EmbeddedApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cheat sheet of the documentation shows the samples that are tested here, and those
 * of them that need a server of their own.
 */
class CheatSheetTests {

	private static final Pattern JAVA = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	@Test
	void pageShowsTestedSamples() throws IOException {
		String page = Files.readString(Path.of("../docs/cheat-sheet.md"));
		String source = withoutSpaces(
				Files.readString(Path.of("src/test/java/io/github/k8sclient/test/conformance/CheatSheet.java")));
		List<String> untested = new ArrayList<>();
		Matcher samples = JAVA.matcher(page);
		while (samples.find()) {
			if (!source.contains(withoutSpaces(samples.group(1)))) {
				untested.add(samples.group(1));
			}
		}

		assertThat(untested).isEmpty();
		assertThat(JAVA.matcher(page).results()).hasSizeGreaterThan(20);
	}

	private static String withoutSpaces(String text) {
		return text.replaceAll("\\s", "");
	}

	@Test
	void clientsAreMadeFromFlags(@TempDir Path folder) throws IOException {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			Path kubeconfig = Files.writeString(folder.resolve("config"), server.kubeconfig());

			assertThat(CheatSheet.clients(null, kubeconfig.toString())).isEqualTo("defaultdefaultdefault1");
			ClientConfiguration configuration = CheatSheet.anotherContext(kubeconfig, "embedded");
			assertThat(configuration.server()).isEqualTo(server.url());
		}
	}

	@Test
	void informerOverAServerInMemorySeesThePod() {
		List<String> log = new ArrayList<>();

		CheatSheet.fake(log::add);

		assertThat(log).containsExactly("Got pod my-pod");
	}

}
