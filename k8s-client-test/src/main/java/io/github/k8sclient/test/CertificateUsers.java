package io.github.k8sclient.test;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

import org.jspecify.annotations.Nullable;

/**
 * The users whom an authority has given certificates. The subject says who it is: the
 * common name is the name of the user, each organization a group.
 */
final class CertificateUsers {

	private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

	private static final List<String> CLIENT_USAGES = List.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

	private final X509Certificate authority;

	private final Clock clock;

	/**
	 * Know the users of an authority.
	 * @param authority the certificate of the authority
	 * @param clock tells which certificates have expired
	 */
	CertificateUsers(X509Certificate authority, Clock clock) {
		this.authority = authority;
		this.clock = clock;
	}

	/**
	 * Find out whom certificates name.
	 * @param chain the certificate of a client and those between it and the authority,
	 * empty if the client has shown none
	 * @return the user, null if there is none or the certificate is not valid
	 */
	@Nullable ApiUser find(List<X509Certificate> chain) {
		if (chain.isEmpty()) {
			return null;
		}
		try {
			validate(chain);
			return user(chain.get(0));
		}
		catch (GeneralSecurityException | InvalidNameException ex) {
			return null;
		}
	}

	private void validate(List<X509Certificate> chain) throws GeneralSecurityException {
		PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(this.authority, null)));
		parameters.setRevocationEnabled(false);
		parameters.setDate(Date.from(this.clock.instant()));
		CertPathValidator.getInstance("PKIX")
			.validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
		List<String> usages = chain.get(0).getExtendedKeyUsage();
		if (usages != null && CLIENT_USAGES.stream().noneMatch(usages::contains)) {
			throw new CertificateParsingException("Not for clients");
		}
	}

	private static @Nullable ApiUser user(X509Certificate certificate)
			throws GeneralSecurityException, InvalidNameException {
		String name = "";
		List<String> groups = new ArrayList<>();
		for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)).getRdns()) {
			if (part.getType().equals("CN")) {
				name = part.getValue().toString();
			}
			if (part.getType().equals("O")) {
				groups.add(part.getValue().toString());
			}
		}
		String fingerprint = HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
		return name.isEmpty() ? null
				: ApiUser.authenticated(name, null, groups, Map.of(CREDENTIAL, List.of("X509SHA256=" + fingerprint)));
	}

}
