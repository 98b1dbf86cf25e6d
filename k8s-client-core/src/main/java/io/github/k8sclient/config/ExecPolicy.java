package io.github.k8sclient.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import org.springframework.util.Assert;

/**
 * Which credential plugins may be run. A kubeconfig that comes from somebody else can
 * name any program of this machine; a policy keeps it from being run.
 *
 * @param type kind of the policy
 * @param allowlist programs that may be run, as paths or as names in the PATH; empty
 * unless the type is {@link Type#ALLOWLIST}
 * @since 0.1.0
 */
public record ExecPolicy(Type type, List<String> allowlist) {

	private static final ExecPolicy ALLOW_ALL = new ExecPolicy(Type.ALLOW_ALL, List.of());

	private static final ExecPolicy DENY_ALL = new ExecPolicy(Type.DENY_ALL, List.of());

	/**
	 * Create a policy. The list is copied.
	 * @throws IllegalArgumentException if there is a list without need or none where it
	 * is needed, or an entry is empty or not a path in its shortest form
	 */
	public ExecPolicy {
		Assert.notNull(type, "'type' must not be null");
		allowlist = List.copyOf(allowlist);
		if (type == Type.ALLOWLIST) {
			Assert.notEmpty(allowlist, "the allowlist is empty; to allow no plugin at all, deny all");
			allowlist.forEach(ExecPolicy::validate);
		}
		else {
			Assert.isTrue(allowlist.isEmpty(), "there is an allowlist, but the policy is not to use one");
		}
	}

	private static void validate(String entry) {
		Assert.hasText(entry, "the allowlist has an empty entry");
		try {
			// A shortest form is needed because entries are compared as texts
			Assert.isTrue(Path.of(entry).normalize().toString().equals(entry),
					() -> "the entry '" + entry + "' of the allowlist is not a path in its shortest form");
		}
		catch (InvalidPathException ex) {
			throw new IllegalArgumentException("the entry '" + entry + "' of the allowlist is not a path");
		}
	}

	/**
	 * Return the policy to run whatever plugin the configuration names.
	 * @return the policy
	 */
	public static ExecPolicy allowAll() {
		return ALLOW_ALL;
	}

	/**
	 * Return the policy to run no plugin.
	 * @return the policy
	 */
	public static ExecPolicy denyAll() {
		return DENY_ALL;
	}

	/**
	 * Return the policy to run certain plugins.
	 * @param commands paths of programs, or their names in the PATH
	 * @return the policy
	 * @throws IllegalArgumentException if there are none, or one is empty or not a path
	 * in its shortest form
	 */
	public static ExecPolicy allow(String... commands) {
		return new ExecPolicy(Type.ALLOWLIST, List.of(commands));
	}

	/**
	 * Kinds of policies.
	 */
	public enum Type {

		/**
		 * Run whatever plugin the configuration names.
		 */
		ALLOW_ALL,

		/**
		 * Run no plugin.
		 */
		DENY_ALL,

		/**
		 * Run the plugins of a list.
		 */
		ALLOWLIST

	}

}
