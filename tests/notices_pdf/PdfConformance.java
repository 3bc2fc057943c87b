import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates each file against each flavour, in one virtual machine.
 *
 * Arguments: flavours joined by commas ("ua1,3a"), then files. Prints one line a file and flavour, fields
 * separated by tabs: flavour, file, "pass" or "fail", assertions checked, then each broken clause once.
 */
public class PdfConformance {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            for (int index = 1; index < arguments.length; index++) {
                System.out.println(name + "\t" + arguments[index] + "\t" + check(arguments[index], flavour));
            }
        }
    }

    private static String check(String file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> broken = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.putIfAbsent(clause, clause + " " + assertion.getMessage() + " at "
                            + assertion.getLocation().getContext());
                }
            }
            return (result.isCompliant() ? "pass" : "fail") + "\t" + result.getTotalAssertions()
                    + (broken.isEmpty() ? "" : "\t" + String.join("\t", broken.values()));
        }
    }
}
