package io.github.k8sclient.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.k8sclient.KubernetesException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class FileTokenProviderTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final SettableClock clock = new SettableClock();

	@TempDir
	private Path folder;

	private Path file;

	private FileTokenProvider provider;

	@BeforeEach
	void createFile() throws IOException {
		this.file = Files.writeString(this.folder.resolve("token"), "first\n");
		this.provider = new FileTokenProvider(this.file, this.clock, Schedulers.immediate());
	}

	@Test
	void readsTokenWithoutWhiteSpaceAround() {
		assertToken("first");
	}

	@Test
	void keepsTokenForFiftySeconds() throws IOException {
		assertToken("first");
		Files.writeString(this.file, "second");

		this.clock.advance(Duration.ofSeconds(49));
		assertToken("first");

		this.clock.advance(Duration.ofSeconds(1));
		assertToken("second");
	}

	@Test
	void readsAgainAfterRefusal() throws IOException {
		assertToken("first");
		Files.writeString(this.file, "second");

		assertThat(this.provider.invalidate("first")).isTrue();

		assertToken("second");
	}

	@Test
	void keepsTokenThatIsNewerThanTheRefusedOne() throws IOException {
		assertToken("first");
		Files.writeString(this.file, "second");
		this.provider.invalidate("first");
		assertToken("second");
		Files.writeString(this.file, "third");

		this.provider.invalidate("first");

		assertToken("second");
	}

	@Test
	void goesOnWithPreviousTokenWhenRenewalCannotBeRead() throws IOException {
		assertToken("first");
		Files.delete(this.file);
		this.clock.advance(Duration.ofMinutes(2));

		assertToken("first");

		Files.writeString(this.file, "second");
		assertToken("second");
	}

	@Test
	void doesNotTakeTextThatNoHeaderCanHold() throws IOException {
		Files.writeString(this.file, "secret\r\nX-Evil: 1");

		StepVerifier.create(this.provider.token())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesException.class)
				.hasMessageContaining(this.file.toString())
				.hasMessageNotContaining("secret"))
			.verify(TIMEOUT);
	}

	@Test
	void failsWithNameOfFileWhenThereWasNeverToken() throws IOException {
		Files.delete(this.file);

		StepVerifier.create(this.provider.token())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesException.class)
				.hasMessageContaining("there is no file " + this.file))
			.verify(TIMEOUT);
		Files.writeString(this.file, " ");
		StepVerifier.create(this.provider.token())
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining(this.file + " is empty"))
			.verify(TIMEOUT);
		Files.writeString(this.file, "late");
		assertToken("late");
	}

	@Test
	void callersShareOneReadAndNeverReadThemselves() {
		Deque<Runnable> work = new ArrayDeque<>();
		FileTokenProvider shared = new FileTokenProvider(this.file, this.clock, Schedulers.fromExecutor(work::add));
		List<String> tokens = new ArrayList<>();
		shared.token().subscribe(tokens::add);
		shared.token().subscribe(tokens::add);
		assertThat(tokens).isEmpty();
		assertThat(work).hasSize(1);

		work.remove().run();

		assertThat(tokens).containsExactly("first", "first");
	}

	@Test
	void callerThatGivesUpDoesNotSpoilTheReadForOthers() {
		Deque<Runnable> work = new ArrayDeque<>();
		FileTokenProvider shared = new FileTokenProvider(this.file, this.clock, Schedulers.fromExecutor(work::add));
		List<String> tokens = new ArrayList<>();
		shared.token().subscribe(tokens::add).dispose();
		shared.token().subscribe(tokens::add);

		work.remove().run();

		assertThat(tokens).containsExactly("first");
	}

	@Test
	void showsNoToken() {
		assertToken("first");

		assertThat(this.provider.toString()).contains(this.file.toString()).doesNotContain("first");
		assertThat(TokenProvider.fixed("secret").toString()).doesNotContain("secret");
	}

	private void assertToken(String expected) {
		StepVerifier.create(this.provider.token()).expectNext(expected).expectComplete().verify(TIMEOUT);
	}

}
