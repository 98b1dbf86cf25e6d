package io.github.k8sclient.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.k8sclient.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Certificates and keys in PEM form.
 */
class TlsConfigurationTests {

	@ParameterizedTest
	@CsvSource({ "client-rsa,client-rsa,RSA", "client-rsa,client-rsa-pkcs1,RSA", "client-ec,client-ec,EC",
			"client-ec,client-ec-sec1,EC", "client-ed25519,client-ed25519,EdDSA" })
	void readsKeysOfAllForms(String certificate, String key, String algorithm) {
		ClientIdentity identity = TlsConfiguration.defaults()
			.withClientCertificate(TlsFiles.pem(certificate + ".crt"), TlsFiles.pem(key + ".key"))
			.readClientIdentity();

		assertThat(identity.privateKey().getAlgorithm()).isEqualTo(algorithm);
		assertThat(identity.certificate().getSubjectX500Principal().getName()).contains("CN=" + certificate);
	}

	@Test
	void readsSeveralCertificatesAmongOtherText() {
		String bundle = "# first\n" + text("ca.crt") + "\nsecond:\r\n" + text("other-ca.crt").replace("\n", "\r\n")
				+ text("client-ec.key");

		assertThat(TlsConfiguration.readCertificates(data(bundle))).hasSize(2);
	}

	@Test
	void takesFormOfKeyFromContentAndNotFromLabel() {
		String mislabelled = text("client-rsa.key").replace("PRIVATE KEY", "EC PRIVATE KEY");

		assertThat(TlsConfiguration.readKey(data(mislabelled)).getAlgorithm()).isEqualTo("RSA");
	}

	@ParameterizedTest
	@ValueSource(strings = { "client-rsa.key", "client-rsa-pkcs1.key", "client-ec.key", "client-ec-sec1.key",
			"client-ed25519.key" })
	void refusesKeyThatIsCutAnywhere(String name) {
		byte[] key = TlsFiles.bytes(name);
		int end = new String(key, StandardCharsets.US_ASCII).lastIndexOf("-----END");

		for (int length = 0; length < end; length += 7) {
			byte[] cut = Arrays.copyOf(key, length);
			assertThatExceptionOfType(ConfigurationException.class)
				.isThrownBy(() -> TlsConfiguration.readKey(PemSource.data("users[u].client-key-data", cut)))
				.withMessageContaining("users[u].client-key-data");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "client-rsa.key", "client-rsa-pkcs1.key", "client-ec.key", "client-ec-sec1.key" })
	void refusesKeyWhoseContentIsCutAnywhere(String name) {
		PemBlock block = PemBlock.parse(TlsFiles.bytes(name))
			.stream()
			.filter(PemBlock::isPrivateKey)
			.findFirst()
			.orElseThrow();

		for (int length = 0; length < block.content().length; length++) {
			byte[] cut = Arrays.copyOf(block.content(), length);
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PrivateKeyReader.read(cut));
		}
	}

	@Test
	void refusesDamagedCertificate() {
		String damaged = text("ca.crt").replaceFirst("MII", "AAA");

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> TlsConfiguration.readCertificates(data(damaged)))
			.withMessageContaining("test is not usable: a certificate in it is damaged")
			.withMessageContaining("PEM");
	}

	@Test
	void readsFilesEachTime() {
		TlsConfiguration tls = TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt"));

		assertThat(tls.readCertificateAuthorities()).isEqualTo(tls.readCertificateAuthorities());
		assertThat(TlsConfiguration.defaults().readCertificateAuthorities()).isEmpty();
		assertThat(TlsConfiguration.defaults().readClientIdentity()).isNull();
	}

	@Test
	void showsNoKey() {
		TlsConfiguration tls = TlsConfiguration.defaults()
			.withClientCertificate(data(text("client-ec.crt")), data(text("client-ec.key")));

		assertThat(tls.toString() + tls.clientKey() + tls.readClientIdentity()).doesNotContain("PRIVATE")
			.doesNotContain(text("client-ec.key").split("\n")[1]);
	}

	private static PemSource data(String pem) {
		return PemSource.data("test", pem.getBytes(StandardCharsets.US_ASCII));
	}

	private static String text(String name) {
		return new String(TlsFiles.bytes(name), StandardCharsets.US_ASCII);
	}

}
