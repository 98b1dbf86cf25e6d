package io.github.k8sclient.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Writes kubeconfigs, so that every reader of YAML gets the same values, and so that a
 * file is never there by half.
 */
final class KubeConfigWriter {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	private KubeConfigWriter() {
	}

	static String yaml(Map<String, Object> values) {
		DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(FlowStyle.BLOCK);
		options.setSplitLines(false);
		return new Yaml(new QuotingRepresenter(options), options).dump(values);
	}

	/**
	 * Replace a file as a whole. It keeps its permissions; a new one is for the owner
	 * only.
	 */
	static void write(Path file, String text) throws IOException {
		Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
		Path folder = target.getParent();
		boolean posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
		Set<PosixFilePermission> permissions = (posix && Files.exists(target)) ? Files.getPosixFilePermissions(target)
				: OWNER_ONLY;
		FileAttribute<?>[] attributes = posix
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) } : new FileAttribute<?>[0];
		Path temporary = Files.createTempFile(folder, target.getFileName().toString(), ".tmp", attributes);
		try {
			Files.writeString(temporary, text, StandardCharsets.UTF_8);
			if (posix) {
				Files.setPosixFilePermissions(temporary, permissions);
			}
			Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/**
	 * Change a file under the lock that kubectl and client-go use, too.
	 */
	static void update(Path file, UnaryOperator<KubeConfig> change) throws IOException {
		Path target = file.toRealPath();
		Path lock = file.resolveSibling(file.getFileName() + ".lock");
		try {
			Files.createFile(lock);
		}
		catch (FileAlreadyExistsException ex) {
			throw new ConfigurationException("The kubeconfig " + file + " is locked by another process",
					"Try again later, or delete " + lock + " if no other process is running.", ex);
		}
		try {
			write(target, change.apply(KubeConfig.read(file)).toYaml(file.toAbsolutePath().getParent()));
		}
		finally {
			Files.delete(lock);
		}
	}

	/**
	 * Puts texts that some version of YAML takes for something else in quotes.
	 */
	private static final class QuotingRepresenter extends Representer {

		private static final Pattern PLAIN = Pattern.compile("[A-Za-z/]([A-Za-z0-9/._:@-]*[A-Za-z0-9])?");

		private static final Pattern WORDS = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

		private static final Pattern LINES = Pattern.compile("([\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?\\n)+");

		QuotingRepresenter(DumperOptions options) {
			super(options);
			this.representers.put(String.class, this::representText);
		}

		private Node representText(Object data) {
			String text = data.toString();
			if (PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches()) {
				return representScalar(Tag.STR, text, ScalarStyle.PLAIN);
			}
			boolean lines = LINES.matcher(text).matches();
			return representScalar(Tag.STR, text, lines ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED);
		}

	}

}
